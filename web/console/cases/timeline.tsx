import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { clock, day, when } from '../format'
import { useMe } from '../session'
import type { Case } from './stages'

type Event = Schema['CaseEvent']

/** Timeline tells what happened in a case, the newest first. */
export function Timeline({ of: c }: { of: Case }) {
  const { t } = useTranslation()
  const list = [...c.events].reverse()
  return (
    <section className="card" aria-label={t('cases.timeline')}>
      <h2>{t('cases.timeline')}</h2>
      <ol className="history">
        {list.map((e, i) => (
          <li key={c.events.length - i}>
            {day(e.at) !== day(list[i - 1]?.at ?? '1970-01-01T00:00:00Z') && <p className="date">{day(e.at)}</p>}
            <Entry of={e} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Entry({ of: e }: { of: Event }) {
  const { t } = useTranslation()
  const me = useMe()
  const [who = '', id] = e.by.split(':')
  const name = id === me.id ? t('who.me') : t(`who.${who}`, who)
  const what = e.kind === 'consented' ? t(`consentOf.${e.side}_${e.consent}`) : e.kind === 'followed_up' ? t('caseEvent.followed_up', { days: e.days }) : t(`caseEvent.${e.kind}`, e.kind)
  const more = [
    e.contract, e.amount ? t('cases.amount', { amount: e.amount }) : '', e.on && day(e.on), e.goes && t(`goes.${e.goes}`),
    e.outcome && t(`caseOutcome.${e.outcome}`), e.step && t('cases.step', { text: e.step.text, who: e.step.who, day: day(e.step.due) }),
    e.reason && t([`rejection.${e.reason}`, `endReason.${e.reason}`], e.reason),
  ].filter(Boolean).join(' · ')
  return (
    <div className="happened">
      <time dateTime={e.at} title={when(e.at)}>{clock(e.at)}</time>
      <div><b>{name}</b> {what}{more && <p>{more}</p>}{e.note && <p className="muted">{e.note}</p>}</div>
    </div>
  )
}
