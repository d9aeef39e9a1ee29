import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ago, day, when } from '../format'
import { Chip } from '../ui/chip'
import type { CaseSummary } from './stages'

/** Card is a case on the board: who with whom, and what comes next. */
export function Card({ of: c }: { of: CaseSummary }) {
  const { t } = useTranslation()
  return (
    <article className="case-card card" aria-label={c.need_title}>
      <h3><Link to={`/cases/${c.id}`}>{c.need_title || t('needs.untitled')}</Link></h3>
      <p className="muted">{c.org}</p>
      <p>{c.library !== 'achievements' && <Chip>{t(`caseSupply.${c.library}`)}</Chip>} {c.supply_title || t('cases.hidden')}</p>
      <p className="muted">{c.owner_org}</p>
      <Next of={c} />
      <p className="muted"><time dateTime={c.since} title={when(c.since)}>{t('cases.since', { time: ago(c.since) })}</time></p>
    </article>
  )
}

/** What comes next in a case, by whom and until when. */
export function Next({ of: c }: { of: CaseSummary }) {
  const { t } = useTranslation()
  if (c.stage === 'closed') return <p><Chip tone={c.outcome === 'solved' ? 'green' : 'plain'}>{t(`caseOutcome.${c.outcome}`)}</Chip></p>
  return (
    <p className="words">
      {c.overdue && <Chip tone="red">{t('cases.overdue')}</Chip>}
      {c.step
        ? <span>{t('cases.step', { text: c.step.text, who: c.step.who, day: day(c.step.due) })}</span>
        : c.due_at && <span className="muted">{t('cases.due', { day: day(c.due_at) })}</span>}
    </p>
  )
}
