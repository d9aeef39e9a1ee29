import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { lang } from '../i18n'
import { useMe } from '../session'
import { Dialog } from '../ui/dialog'
import { Choice, FormField } from '../ui/field'
import { List } from '../ui/list'
import { Admin } from './admin'
import { LinkShown } from './link'

type User = Schema['User']
type Role = Schema['Role']

const roles: Role[] = ['broker', 'manager', 'admin', 'auditor']

/** Users of the centre and those below it. */
export default function Users() {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<User | 'new' | null>(null)
  const [made, setMade] = useState<Schema['UserCreated'] | null>(null)
  const centres = useCentres()
  const nameOf = (path: string) => centres.find((c) => c.value === path)?.label ?? path
  return (
    <Admin title={t('users.title')} aside={<Button type="primary" onClick={() => setEdited('new')}>{t('users.add')}</Button>}>
      <List<User>
        name={['users']} label={t('users.title')} open={setEdited} empty={t('users.none')}
        fetch={async () => ({ items: data(await api.GET('/users')).items, next_cursor: null })}
        columns={[
          { title: t('users.name'), render: (u) => <button type="button" className="link" onClick={() => setEdited(u)}>{u.name}</button> },
          { title: t('users.login'), render: (u) => u.login },
          { title: t('users.roleTitle'), render: (u) => t(`users.role.${u.role}`) },
          { title: t('users.centre'), render: (u) => nameOf(u.centre_path) },
          { title: t('users.state'), render: (u) => t(u.disabled_at ? 'users.disabled' : u.invited ? 'users.invited' : u.totp ? 'users.activeTOTP' : 'users.active') },
        ]}
      />
      {edited && <Edit user={edited} centres={centres} close={() => setEdited(null)} made={(m) => { setEdited(null); setMade(m) }} />}
      {made && <LinkShown made={made} close={() => setMade(null)} />}
    </Admin>
  )
}

/** The own centre and those below it, to choose from. */
export function useCentres(): { value: string; label: string }[] {
  const centres = useQuery({ queryKey: ['centres'], queryFn: async () => data(await api.GET('/centres')), staleTime: Infinity })
  return (centres.data?.items ?? []).map((c) => ({ value: c.path, label: lang() === 'en' ? c.name_en || c.name_zh : c.name_zh }))
}

interface EditProps {
  user: User | 'new'
  centres: { value: string; label: string }[]
  close: () => void
  made: (m: Schema['UserCreated']) => void
}

function Edit({ user, centres, close, made }: EditProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const me = useMe()
  const old = user === 'new' ? null : user
  const self = old?.id === me.id
  const [name, setName] = useState(old?.name ?? '')
  const [login, setLogin] = useState(old?.login ?? '')
  const [role, setRole] = useState<Role>(old?.role ?? 'broker')
  const [centre, setCentre] = useState(old?.centre_path ?? me.centre.path)
  const again = () => void queries.invalidateQueries({ queryKey: ['users'] })
  const patch = async (change: Schema['UserChange']) => data(await api.PATCH('/users/{id}', { params: { path: { id: old?.id ?? '' } }, body: change }))
  const save = useMutation({
    mutationFn: async () => {
      if (!old) return made(data(await api.POST('/users', { body: { login: login.trim(), name: name.trim(), role, centre_path: centre } })))
      await patch({ name: name.trim(), ...(role !== old.role && { role }), ...(centre !== old.centre_path && { centre_path: centre }) })
      close()
    },
    onSettled: again,
  })
  const link = useMutation({
    mutationFn: async () => data(await api.POST('/users/{id}/link', { params: { path: { id: old?.id ?? '' } } })),
    onSuccess: made, onSettled: again,
  })
  const act = useMutation({ mutationFn: patch, onSuccess: close, onSettled: again })
  const wrong = (save.error ?? link.error ?? act.error)?.message
  return (
    <Dialog title={old ? old.name : t('users.add')} close={close} ok={t(old ? 'users.save' : 'users.create')} onOk={() => save.mutate()} busy={save.isPending} disabled={!name.trim() || !login.trim()} wrong={wrong}>
      <FormField label={t('users.name')}>{(wire) => <Input {...wire} value={name} maxLength={100} onChange={(e) => setName(e.target.value)} />}</FormField>
      <FormField label={t('users.login')} hint={t('users.loginHint')}>
        {(wire) => <Input {...wire} value={login} maxLength={100} disabled={Boolean(old)} autoCapitalize="off" onChange={(e) => setLogin(e.target.value)} />}
      </FormField>
      {!self && (
        <>
          <FormField label={t('users.roleTitle')} hint={t(`users.may.${role}`)}>
            {(wire) => <Choice wire={wire} value={role} options={roles.map((r) => ({ value: r, label: t(`users.role.${r}`) }))} choose={(v) => setRole(v as Role)} />}
          </FormField>
          <FormField label={t('users.centre')}>{(wire) => <Choice wire={wire} value={centre} options={centres} choose={setCentre} />}</FormField>
        </>
      )}
      {old && (
        <div className="actions">
          {!old.disabled_at && <Button loading={link.isPending} onClick={() => link.mutate()}>{t('users.link')}</Button>}
          {old.totp && <Button onClick={() => act.mutate({ totp: false })}>{t('users.noTOTP')}</Button>}
          {!self && <Button danger={!old.disabled_at} onClick={() => act.mutate({ disabled: !old.disabled_at })}>{t(old.disabled_at ? 'users.enable' : 'users.disable')}</Button>}
        </div>
      )}
    </Dialog>
  )
}
