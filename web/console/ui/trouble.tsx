import { Alert, Button, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { ProblemError, statusOf } from '../api/client'

/** Trouble tells in words why something is not there, and lets people ask again where that may help. */
export function Trouble({ error, again }: { error: Error; again?: () => void }) {
  const { t } = useTranslation()
  const status = statusOf(error)
  const lost = status === 400 || status === 404
  const id = error instanceof ProblemError ? error.problem.instance : undefined
  return (
    <Alert
      type={lost || status === 403 ? 'warning' : 'error'} role="alert" showIcon
      title={lost ? t('trouble.lost') : status === 403 ? t('trouble.denied') : error.message}
      description={id && status !== undefined && status >= 500 && t('trouble.request', { id })}
      action={again && !lost && <Button size="small" onClick={again}>{t('again')}</Button>}
    />
  )
}

/** Waiting stands where something is still being read. */
export function Waiting({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation()
  return <div role="status" aria-label={t('waiting')}><Skeleton active title={false} paragraph={{ rows }} /></div>
}
