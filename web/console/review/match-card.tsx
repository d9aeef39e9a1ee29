import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { OnSupply } from '../cases/on-supply'
import { region } from '../codes'
import { Chip } from '../ui/chip'
import { Decision } from './decision'
import type { Evidence } from './value'
import { Why } from './why'

type Match = Schema['Match']

interface Props {
  match: Match
  need: string
  mayEdit: boolean
  chosen: string
  light: (key: string, evidence: Evidence[]) => void
  open: () => void
}

const fact = (r: Match['reasons'][number]) => r.kind === 'ip' || r.kind === 'case'

/** MatchCard says why an achievement may solve a need, and what it leaves open, in the words of both sides. */
export function MatchCard({ match: m, need, mayEdit, chosen, light, open }: Props) {
  const { t } = useTranslation()
  const a = m.achievement
  const facts = m.reasons.filter(fact) // a right in force and a finished case speak for no need
  const reasons = m.reasons.filter((r) => !fact(r))
  return (
    <article className="match" aria-label={a.title}>
      <header className="spread">
        <h3><span className="rank">{m.rank}</span><button type="button" className="link" aria-haspopup="dialog" onClick={open}>{a.title}</button></h3>
        {m.weak && <Chip tone="amber">{t('matches.weak')}</Chip>}
        <Chip tone={a.trl && a.trl >= 8 ? 'green' : 'plain'}>{a.trl ? t('library.stageTrl', { stage: t(`stage.${a.stage}`, a.stage), trl: a.trl }) : t(`stage.${a.stage}`, a.stage)}</Chip>
      </header>
      <p className="muted">{[a.owner_org, region(a.region), a.chain, a.code].filter(Boolean).join(' · ')}</p>
      <p className="lead">{m.lines.map((l) => <span key={l.part}>{l.text}</span>)} {m.lines.some((l) => l.by_model) && <Chip>{t('matches.byModel')}</Chip>}</p>
      <p className="two-lines muted">{a.summary}</p>
      {reasons.length > 0 && <h4>{t('matches.reasons')}</h4>}
      <ul className="why good">{reasons.map((r, i) => <Why key={i} text={r.text} need={r.need} there={r.achievement} at={`match/${m.id}/r${i}`} chosen={chosen} light={light} />)}</ul>
      {facts.map((r, i) => <p key={i} className="muted">{r.text}</p>)}
      {m.gaps.length > 0 && <h4>{t('matches.gaps')}</h4>}
      <ul className="why gap">{m.gaps.map((r, i) => <Why key={i} text={r.text} need={r.need} there={r.achievement} ask={r.ask} at={`match/${m.id}/g${i}`} chosen={chosen} light={light} />)}</ul>
      <Decision match={m} need={need} mayEdit={mayEdit} />
      <OnSupply need={need} library="achievements" supply={a.id} match={m.id} mayEdit={mayEdit} />
    </article>
  )
}
