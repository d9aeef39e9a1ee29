import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { when } from '../format'
import { Chip, type Tone } from '../ui/chip'
import { Dialog } from '../ui/dialog'
import { Choice } from '../ui/field'
import { List } from '../ui/list'
import { kindOf } from './webhook-events'

type Delivery = Schema['Delivery']
type Status = Schema['DeliveryStatus']

const tones: Record<Status, Tone> = { pending: 'amber', sent: 'green', failed: 'red' }

/** What a webhook was told. */
export function Deliveries({ of }: { of: Schema['Webhook'] }) {
  const { t } = useTranslation()
  const subjectOf = useSubject()
  const [status, setStatus] = useState<Status | ''>('')
  const [shown, setShown] = useState<Delivery | null>(null)
  return (
    <section className="deliveries">
      <div className="spread">
        <h2>{t('hooks.deliveries')}</h2>
        <Choice
          value={status} label={t('hooks.status')} none={t('hooks.any')} choose={(s) => setStatus(s as Status | '')}
          options={(Object.keys(tones) as Status[]).map((s) => ({ value: s, label: t(`hooks.${s}`) }))}
        />
      </div>
      <p className="muted">{t('hooks.keep')}</p>
      <List<Delivery>
        name={['deliveries', of.id, status]} label={t('hooks.deliveries')} empty={t('hooks.noDeliveries')} open={setShown}
        fetch={async (cursor) => data(await api.GET('/webhooks/{id}/deliveries', {
          params: { path: { id: of.id }, query: { ...(status && { status }), ...(cursor && { cursor }) } },
        }))}
        columns={[
          { title: t('hooks.event'), render: (d) => <button type="button" className="link" onClick={() => setShown(d)}>{subjectOf(d)}</button> },
          { title: t('hooks.happened'), render: (d) => <time dateTime={d.at}>{when(d.at)}</time> },
          { title: t('hooks.status'), render: (d) => <State of={d} /> },
          { title: t('hooks.tries'), render: (d) => d.tries, only: 'wide' },
          { title: t('hooks.answer'), render: (d) => d.tries > 0 && <Answer of={d} />, only: 'wide' },
        ]}
      />
      {shown && <Shown of={shown} webhook={of} close={() => setShown(null)} />}
    </section>
  )
}

/** What a delivery tells, in words. */
function useSubject(): (of: Delivery) => string {
  const { t } = useTranslation()
  return ({ event }) => {
    const group = event.startsWith('case.') ? 'hooks.ofCase' : event.startsWith('need.') ? 'hooks.ofNeed' : 'hooks.ofNone'
    return t(group, { event: t(kindOf(event)) })
  }
}

function State({ of }: { of: Delivery }) {
  const { t } = useTranslation()
  return <Chip tone={tones[of.status]}>{t(of.status === 'pending' && of.tries > 0 ? 'hooks.retrying' : `hooks.${of.status}`)}</Chip>
}

function Answer({ of }: { of: Delivery }) {
  const { t } = useTranslation()
  return <>{of.code ? t('hooks.code', { code: of.code }) : t('hooks.noAnswer')}</>
}

function Shown({ of, webhook, close }: { of: Delivery; webhook: Schema['Webhook']; close: () => void }) {
  const { t } = useTranslation()
  const subjectOf = useSubject()
  const { need_id: need, case_id: kase } = of.payload
  const { message } = App.useApp()
  const queries = useQueryClient()
  const replay = useMutation({
    mutationFn: async () => data(await api.POST('/webhooks/{id}/deliveries/{delivery}/replay', { params: { path: { id: webhook.id, delivery: of.id } } })),
    onSuccess: () => { void message.success(t('hooks.replayed')); close() },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['deliveries', webhook.id] }),
  })
  return (
    <Dialog
      title={subjectOf(of)} close={close} wide ok={t('hooks.replay')} onOk={() => replay.mutate()} busy={replay.isPending}
      disabled={Boolean(webhook.disabled_at) || of.status === 'pending' && of.tries === 0} wrong={replay.error?.message}
    >
      <p><State of={of} /> {t('hooks.triesTimes', { count: of.tries })}{of.tries > 0 && <> · <Answer of={of} /></>}{of.next_at && of.tries > 0 && <> · {t('hooks.next', { when: when(of.next_at) })}</>}</p>
      {typeof kase === 'string' ? <p><Link to={`/cases/${kase}`}>{t('hooks.openCase')}</Link></p> : typeof need === 'string' && <p><Link to={`/needs/${need}`}>{t('hooks.openNeed')}</Link></p>}
      <h3 className="part">{t('hooks.payload')}</h3>
      <pre className="code" tabIndex={0}>{JSON.stringify({ id: of.id, ...of.payload }, null, 2)}</pre>
      {of.answer && <><h3 className="part">{t(of.code ? 'hooks.answerText' : 'hooks.reason')}</h3><pre className="code" tabIndex={0}>{of.answer}</pre></>}
    </Dialog>
  )
}
