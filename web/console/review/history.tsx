import { useQuery } from '@tanstack/react-query'
import { Alert, Spin, Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { when } from '../format'
import { quantity, shown } from './value'

type Event = Schema['NeedEvent']

async function everything(id: string): Promise<Event[]> {
  const all: Event[] = []
  for (let cursor: string | undefined; ;) {
    const page = data(await api.GET('/needs/{id}/events', { params: { path: { id }, query: { limit: 100, ...(cursor && { cursor }) } } }))
    all.push(...page.items)
    if (!page.next_cursor) return all
    cursor = page.next_cursor
  }
}

/** History tells how a need became what it is, the newest first. */
export function History({ need }: { need: string }) {
  const { t } = useTranslation()
  const events = useQuery({ queryKey: ['events', need], queryFn: () => everything(need) })
  if (events.error) return <Alert type="error" title={events.error.message} />
  if (!events.data) return <Spin />
  const said = (e: Event) => [
    t(`event.${e.kind}`, e.kind),
    e.key && t(`field.${e.key}`, e.key),
    e.keys?.map((k) => t(`field.${k}`, k)).join('、'),
    shown(e.value),
    e.indicator && `${e.indicator.name} ${quantity(e.indicator.current)} → ${quantity(e.indicator.target)} ${e.indicator.unit ?? ''}`,
    e.kind === 'status_changed' ? t(`status.${e.to}`, e.to ?? '') : e.status && t(`fieldStatus.${e.status}`, e.status),
    e.reasons?.map((r) => t(`return.${r}`, r)).join('、'),
    e.kind === 'asked' ? '' : e.note,
  ].filter(Boolean).join(' · ')
  return (
    <Timeline
      items={events.data.toReversed().map((e) => ({
        content: <><span className="quote">{when(e.at)} · {t(`who.${e.by.split(':')[0]}`, e.by)}</span><br />{said(e)}</>,
      }))}
    />
  )
}
