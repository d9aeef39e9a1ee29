import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { day } from '../format'
import { useMe } from '../session'
import { Dialog } from '../ui/dialog'
import { Choice, FormField } from '../ui/field'
import { List } from '../ui/list'
import { Admin } from './admin'
import { Once } from './once'
import { useCentres } from './users'

type Key = Schema['APIKey']

// A colon would be read as the name of a file of texts.
const scopeText = (scope: string) => `scope.${scope.replace(':', '.')}`

/** Keys of the API. */
export default function Keys() {
  const { t } = useTranslation()
  const [making, setMaking] = useState(false)
  const [revoked, setRevoked] = useState<Key | null>(null)
  const centres = useCentres()
  const state = (k: Key) => k.revoked_at ? t('keys.revoked') : k.expires_at ? t('keys.until', { day: day(k.expires_at) }) : t('keys.forever')
  return (
    <Admin title={t('keys.title')} aside={<Button type="primary" onClick={() => setMaking(true)}>{t('keys.add')}</Button>}>
      <p className="muted">{t('keys.lead')}</p>
      <List<Key>
        name={['api-keys']} label={t('keys.title')} empty={t('keys.none')} open={(k) => { if (!k.revoked_at) setRevoked(k) }}
        fetch={async () => ({ items: data(await api.GET('/api-keys')).items, next_cursor: null })}
        columns={[
          { title: t('keys.name'), render: (k) => k.name },
          { title: t('keys.prefix'), render: (k) => <code>tx_{k.prefix}_…</code> },
          { title: t('keys.scopes'), render: (k) => k.scopes.map((s) => t(scopeText(s))).join('、'), only: 'wide' },
          { title: t('users.centre'), render: (k) => centres.find((c) => c.value === k.centre_path)?.label ?? k.centre_path, only: 'wide' },
          { title: t('users.state'), render: state },
          { title: t('keys.act'), render: (k) => !k.revoked_at && <Button size="small" danger onClick={() => setRevoked(k)}>{t('keys.revoke')}</Button> },
        ]}
      />
      {making && <Make close={() => setMaking(false)} />}
      {revoked && <Revoke of={revoked} close={() => setRevoked(null)} />}
    </Admin>
  )
}

function Make({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const me = useMe()
  const centres = useCentres()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>(['needs:read'])
  const [centre, setCentre] = useState(me.centre.path)
  const [until, setUntil] = useState('')
  const make = useMutation({
    mutationFn: async () => data(await api.POST('/api-keys', {
      body: {
        name: name.trim(), scopes: scopes as Schema['APIKeyInput']['scopes'], centre_path: centre,
        ...(until && { expires_at: new Date(`${until}T23:59:59+08:00`).toISOString() }),
      },
    })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['api-keys'] }),
  })
  if (make.data) {
    return <Dialog title={t('keys.made')} close={close} ok={t('close')} onOk={close}><p>{t('keys.madeLead')}</p><Once text={make.data.secret} /></Dialog>
  }
  return (
    <Dialog title={t('keys.add')} close={close} ok={t('keys.create')} onOk={() => make.mutate()} busy={make.isPending} disabled={!name.trim() || scopes.length === 0} wrong={make.error?.message}>
      <FormField label={t('keys.name')}>{(wire) => <Input {...wire} value={name} maxLength={100} onChange={(e) => setName(e.target.value)} />}</FormField>
      <fieldset className="checks">
        <legend>{t('keys.scopes')}</legend>
        {me.scopes.map((s) => (
          <Checkbox key={s} checked={scopes.includes(s)} onChange={(e) => setScopes(e.target.checked ? [...scopes, s] : scopes.filter((x) => x !== s))}>{t(scopeText(s))}</Checkbox>
        ))}
      </fieldset>
      <FormField label={t('users.centre')}>{(wire) => <Choice wire={wire} value={centre} options={centres} choose={setCentre} />}</FormField>
      <FormField label={t('keys.ends')} hint={t('keys.endsHint')}>{(wire) => <input {...wire} type="date" className="choice" value={until} onChange={(e) => setUntil(e.target.value)} />}</FormField>
    </Dialog>
  )
}

function Revoke({ of, close }: { of: Key; close: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: async () => data(await api.DELETE('/api-keys/{id}', { params: { path: { id: of.id } } })),
    onSuccess: close, onSettled: () => void queries.invalidateQueries({ queryKey: ['api-keys'] }),
  })
  return (
    <Dialog title={t('keys.revokeTitle', { name: of.name })} close={close} ok={t('keys.revoke')} onOk={() => revoke.mutate()} busy={revoke.isPending} wrong={revoke.error?.message} danger>
      <p>{t('keys.revokeLead')}</p>
    </Dialog>
  )
}
