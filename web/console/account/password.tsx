import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '../api/client'
import { FormField } from '../ui/field'

interface Props {
  send: (password: string) => Promise<unknown>
  done: () => void
  go: string
}

/** Two fields for a password that somebody chooses. */
export function NewPassword({ send, done, go }: Props) {
  const { t } = useTranslation()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [differ, setDiffer] = useState(false)
  const save = useMutation({ mutationFn: () => send(first), onSuccess: () => { setFirst(''); setSecond(''); done() } })
  const wrong = differ ? t('account.differ') : save.error?.message
  return (
    <form
      method="post" className="stack"
      onSubmit={(e) => {
        e.preventDefault()
        setDiffer(first !== second)
        if (first === second) save.mutate()
      }}
    >
      {wrong && <Alert type="error" title={wrong} role="alert" showIcon />}
      <FormField label={t('account.new')} hint={t('account.rule')}>
        {(wire) => <Input {...wire} type="password" autoComplete="new-password" maxLength={200} required value={first} onChange={(e) => setFirst(e.target.value)} />}
      </FormField>
      <FormField label={t('account.repeat')}>
        {(wire) => <Input {...wire} type="password" autoComplete="new-password" maxLength={200} required value={second} onChange={(e) => setSecond(e.target.value)} />}
      </FormField>
      <Button type="primary" htmlType="submit" loading={save.isPending}>{go}</Button>
    </form>
  )
}

/** Changes the own password. */
export function ChangePassword({ done }: { done: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [old, setOld] = useState('')
  return (
    <>
      <FormField label={t('account.old')}>
        {(wire) => <Input {...wire} type="password" autoComplete="current-password" maxLength={200} value={old} onChange={(e) => setOld(e.target.value)} />}
      </FormField>
      <NewPassword
        go={t('account.change')}
        send={async (password) => data(await api.POST('/auth/password', { body: { old, new: password } }))}
        done={() => { setOld(''); void queries.invalidateQueries({ queryKey: ['me'] }); done() }}
      />
    </>
  )
}
