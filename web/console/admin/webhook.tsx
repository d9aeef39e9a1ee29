import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { Dialog } from '../ui/dialog'
import { Trouble, Waiting } from '../ui/trouble'
import { Admin } from './admin'
import { Deliveries } from './deliveries'
import { useCentres } from './users'
import { EditWebhook } from './webhook-edit'
import { kindOf } from './webhook-events'
import { useWebhook, WebhookState } from './webhooks'

type Webhook = Schema['Webhook']

const every = 3000 // ms, between two looks for what was sent meanwhile

/** One webhook, and what it was told. */
export default function WebhookPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const queries = useQueryClient()
  const webhook = useWebhook(id)
  useEffect(() => {
    const look = setInterval(() => void queries.invalidateQueries({ queryKey: ['deliveries', id] }), every)
    return () => clearInterval(look)
  }, [queries, id])
  const w = webhook.data
  return (
    <Admin title={w?.name ?? t('hooks.title')} aside={w && <Acts of={w} />}>
      <p><Link to="/admin/webhooks">← {t('hooks.back')}</Link></p>
      {webhook.isPending && <Waiting rows={4} />}
      {webhook.error && <Trouble error={webhook.error} again={() => void webhook.refetch()} />}
      {w === null && <p>{t('hooks.missing')}</p>}
      {w && <><Facts of={w} /><Deliveries of={w} /></>}
    </Admin>
  )
}

function Facts({ of }: { of: Webhook }) {
  const { t } = useTranslation()
  const centres = useCentres()
  const said = (group: string) => of.events.filter((e) => e.startsWith(group)).map((e) => t(kindOf(e))).join('、')
  const rows = [
    [t('hooks.status'), <span key="state"><WebhookState of={of} /></span>],
    [t('hooks.url'), <code key="url" className="long">{of.url}</code>],
    [t('hooks.centre'), centres.find((c) => c.value === of.centre_path)?.label ?? of.centre_path],
    [t('hooks.needs'), said('need')],
    [t('hooks.cases'), said('case')],
  ] as const
  return <dl className="facts card">{rows.map(([name, value]) => value && <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
}

function Acts({ of }: { of: Webhook }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const params = { path: { id: of.id } }
  const again = () => {
    void queries.invalidateQueries({ queryKey: ['webhooks'] })
    void queries.invalidateQueries({ queryKey: ['deliveries', of.id] })
  }
  const failed = (e: Error) => void message.error(e.message)
  const test = useMutation({
    mutationFn: async () => data(await api.POST('/webhooks/{id}/test', { params })),
    onSuccess: () => void message.success(t('hooks.tested')), onError: failed, onSettled: again,
  })
  const toggle = useMutation({
    mutationFn: async () => data(await api.PATCH('/webhooks/{id}', { params, body: { disabled: !of.disabled_at } })), onError: failed, onSettled: again,
  })
  return (
    <div className="actions">
      {!of.disabled_at && <Button type="primary" loading={test.isPending} onClick={() => test.mutate()}>{t('hooks.test')}</Button>}
      <Button onClick={() => setOpen('edit')}>{t('hooks.edit')}</Button>
      <Button loading={toggle.isPending} onClick={() => toggle.mutate()}>{t(of.disabled_at ? 'hooks.enable' : 'hooks.disable')}</Button>
      <Button danger onClick={() => setOpen('delete')}>{t('hooks.delete')}</Button>
      {open === 'edit' && <EditWebhook of={of} close={() => setOpen(null)} />}
      {open === 'delete' && <Delete of={of} close={() => setOpen(null)} />}
    </div>
  )
}

function Delete({ of, close }: { of: Webhook; close: () => void }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: async () => data(await api.DELETE('/webhooks/{id}', { params: { path: { id: of.id } } })),
    onSuccess: () => { void queries.invalidateQueries({ queryKey: ['webhooks'] }); void go('/admin/webhooks') },
  })
  return (
    <Dialog title={t('hooks.deleteTitle', { name: of.name })} close={close} ok={t('hooks.delete')} onOk={() => remove.mutate()} busy={remove.isPending} wrong={remove.error?.message} danger>
      <p>{t('hooks.deleteLead')}</p>
    </Dialog>
  )
}
