import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, everything } from '../api/client'
import { clock, day, when } from '../format'
import { useMe } from '../session'
import { Trouble, Waiting } from '../ui/trouble'
import { type Change, changes } from './changes'
import { type Evidence, keyName, type Need } from './value'

interface Props {
  of: Need
  chosen: string
  light: (key: string, evidence: Evidence[]) => void // shows the words behind a change
}

/** History tells how a need became what it is, the newest first. */
export function History({ of: n, chosen, light }: Props) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const events = useQuery({
    queryKey: ['events', n.id],
    queryFn: () => everything(async (cursor) => data(await api.GET('/needs/{id}/events', {
      params: { path: { id: n.id }, query: { limit: 100, ...(cursor && { cursor }) } },
    }))),
  })
  if (events.isPending) return <Waiting rows={8} />
  if (!events.data) return <Trouble error={events.error} again={() => void events.refetch()} />
  const list = changes(events.data, all)
  return (
    <>
      <Checkbox checked={all} onChange={(e) => setAll(e.target.checked)}>{t('history.all')}</Checkbox>
      <ol className="history">
        {list.map((c, i) => (
          <li key={c.event.version + c.event.kind}>
            {day(c.event.at) !== day(list[i - 1]?.event.at ?? '1970-01-01T00:00:00Z') && <p className="date">{day(c.event.at)}</p>}
            <Entry of={c} need={n} chosen={chosen} light={light} />
          </li>
        ))}
      </ol>
    </>
  )
}

function Entry({ of: { event: e, before, after }, need, chosen, light }: { of: Change; need: Need; chosen: string; light: Props['light'] }) {
  const { t } = useTranslation()
  const me = useMe()
  const key = `event/${e.version}`
  const words = e.evidence ?? e.indicator?.evidence ?? []
  const [who = '', id] = e.by.split(':')
  const name = id === me.id ? t('who.me') : t(`who.${who}`, who)
  const about = e.kind === 'title_set' ? '' : [...(e.key ? [e.key] : []), ...(e.keys ?? [])].map((k) => keyName(t, need, k)).join(t('history.and'))
  const state = e.kind === 'status_changed' ? t(`status.${e.to}`, e.to ?? '') : e.kind === 'field_marked' ? t(`fieldStatus.${e.status}`, e.status ?? '') : ''
  const suggested = e.kind === 'suggested' ? t('history.suggested', { value: e.note ?? '', why: e.to ?? '' }) : ''
  const reasons = e.reasons?.map((r) => t(`return.${r}`, r)).join('、')
  // Only brokers write notes for people; those of the service are for programs.
  const note = who === 'broker' && e.kind !== 'title_set' || e.kind === 'field_marked' ? e.note : ''
  return (
    <div className={chosen === key ? 'entry chosen' : 'entry'}>
      <time dateTime={e.at} title={when(e.at)}>{clock(e.at)}</time>
      <div>
        <b>{name}</b> {t(`event.${e.kind}`, e.kind)} {about && <b>{about}</b>} {state && <b>{state}</b>} {e.route && t(`route.${e.route.kind}`)} {suggested}
        {before && <p><del>{before}</del></p>}
        {after && <p><ins>{after}</ins></p>}
        {words.length > 0 && <button type="button" className="quiet" aria-pressed={chosen === key} onClick={() => light(key, words)}>{t('history.words')}</button>}
        {reasons && <p>{t('history.reasons', { reasons })}</p>}
        {note && <p className="muted">{t(e.kind === 'field_marked' ? 'history.raw' : 'history.note', { note })}</p>}
      </div>
    </div>
  )
}
