import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input, QRCode } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { useMe } from '../session'
import { Dialog } from '../ui/dialog'
import { FormField } from '../ui/field'

/** Switches the second factor on and off. */
export function TOTP() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const on = useMe().totp
  const [secret, setSecret] = useState<Schema['TOTPSecret'] | null>(null)
  const [removing, setRemoving] = useState(false)
  const begin = useMutation({ mutationFn: async () => data(await api.POST('/auth/totp')), onSuccess: setSecret })
  const done = () => {
    setSecret(null)
    setRemoving(false)
    void queries.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <>
      <p>{t(on ? 'account.totpOn' : 'account.totpOff')}</p>
      {begin.error && <p role="alert">{begin.error.message}</p>}
      {on
        ? <Button onClick={() => setRemoving(true)}>{t('account.totpRemove')}</Button>
        : <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()}>{t('account.totpBegin')}</Button>}
      {secret && <Confirm secret={secret} close={() => setSecret(null)} done={done} />}
      {removing && <Remove close={() => setRemoving(false)} done={done} />}
    </>
  )
}

function Confirm({ secret, close, done }: { secret: Schema['TOTPSecret']; close: () => void; done: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const confirm = useMutation({ mutationFn: async () => data(await api.PUT('/auth/totp', { body: { code } })), onSuccess: done })
  return (
    <Dialog title={t('account.totpBegin')} close={close} ok={t('account.totpConfirm')} onOk={() => confirm.mutate()} busy={confirm.isPending} disabled={!code} wrong={confirm.error?.message}>
      <p>{t('account.totpScan')}</p>
      <div className="qr"><QRCode type="svg" value={secret.uri} bordered={false} /></div>
      <p>{t('account.totpType')} <code>{secret.secret}</code></p>
      <Code code={code} set={setCode} />
    </Dialog>
  )
}

function Remove({ close, done }: { close: () => void; done: () => void }) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const remove = useMutation({ mutationFn: async () => data(await api.DELETE('/auth/totp', { body: { code } })), onSuccess: done })
  return (
    <Dialog title={t('account.totpRemove')} close={close} ok={t('account.totpRemove')} onOk={() => remove.mutate()} busy={remove.isPending} disabled={!code} wrong={remove.error?.message} danger>
      <Code code={code} set={setCode} />
    </Dialog>
  )
}

/** The field for a code of the second factor. */
export function Code({ code, set }: { code: string; set: (code: string) => void }) {
  const { t } = useTranslation()
  return (
    <FormField label={t('account.code')}>
      {(wire) => <Input {...wire} value={code} inputMode="numeric" autoComplete="one-time-code" maxLength={7} onChange={(e) => set(e.target.value)} />}
    </FormField>
  )
}
