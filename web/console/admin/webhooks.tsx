import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { Chip } from '../ui/chip'
import { List } from '../ui/list'
import { Admin } from './admin'
import { useCentres } from './users'
import { EditWebhook } from './webhook-edit'

type Webhook = Schema['Webhook']

/** Other systems that are told what happens. */
export default function Webhooks() {
  const { t } = useTranslation()
  const go = useNavigate()
  const [adding, setAdding] = useState(false)
  const centres = useCentres()
  return (
    <Admin title={t('hooks.title')} aside={<Button type="primary" onClick={() => setAdding(true)}>{t('hooks.add')}</Button>}>
      <p className="muted">{t('hooks.lead')}</p>
      <List<Webhook>
        name={['webhooks', 'list']} label={t('hooks.title')} empty={t('hooks.none')} open={(w) => void go(`/admin/webhooks/${w.id}`)}
        fetch={async () => ({ items: data(await api.GET('/webhooks')).items, next_cursor: null })}
        columns={[
          { title: t('hooks.name'), render: (w) => <Link to={`/admin/webhooks/${w.id}`}>{w.name}</Link> },
          { title: t('hooks.url'), render: (w) => <code className="long">{w.url}</code> },
          { title: t('hooks.events'), render: (w) => t('hooks.count', { count: w.events.length }), only: 'wide' },
          { title: t('hooks.centre'), render: (w) => centres.find((c) => c.value === w.centre_path)?.label ?? w.centre_path, only: 'wide' },
          { title: t('hooks.status'), render: (w) => <WebhookState of={w} /> },
        ]}
      />
      {adding && <EditWebhook close={() => setAdding(false)} />}
    </Admin>
  )
}

/** Whether a webhook is told anything now. */
export function WebhookState({ of }: { of: Webhook }) {
  const { t } = useTranslation()
  return of.disabled_at ? <Chip>{t('hooks.disabled')}</Chip> : <Chip tone="green">{t('hooks.active')}</Chip>
}

/** One webhook; null when there is none. */
export function useWebhook(id: string) {
  return useQuery({
    queryKey: ['webhooks', 'one', id],
    queryFn: async () => data(await api.GET('/webhooks')).items.find((w) => w.id === id) ?? null,
  })
}
