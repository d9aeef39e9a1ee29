import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data, ifMatch } from '../api/client'
import type { Need } from '../review/value'

/** Replaced says which need stands in the place of this one, and takes it out again. */
export function Replaced({ need: n, into, mayEdit }: { need: Need; into: string; mayEdit: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const other = useQuery({ queryKey: ['need', into], queryFn: async () => data(await api.GET('/needs/{id}', { params: { path: { id: into } } })), retry: false })
  const undo = useMutation({
    mutationFn: async () => data(await api.POST('/needs/{id}/unmerge', {
      params: { path: { id: into }, header: { 'If-Match': ifMatch(other.data?.version ?? 0) } }, body: { other: n.id },
    })),
    onSuccess: () => void message.success(t('replaced.undone')),
    onError: (e) => void message.error(e.message),
    onSettled: () => { for (const key of [['need'], ['needs'], ['events'], ['need-pairs'], ['stats']]) void queries.invalidateQueries({ queryKey: key }) },
  })
  return (
    <div className="notice" role="status">
      <span>
        {t(n.status === 'superseded' ? 'replaced.superseded' : 'replaced.merged')}{' '}
        {other.data ? <Link to={`/needs/${into}`}>{other.data.title || t('needs.untitled')}</Link> : t('replaced.elsewhere')}
      </span>
      {mayEdit && other.data && <Button size="small" onClick={() => undo.mutate()} loading={undo.isPending}>{t('replaced.undo')}</Button>}
    </div>
  )
}
