import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Score } from '../ui/chip'
import { Dialog } from '../ui/dialog'
import type { Need } from './value'

/** The points that each part of the rubric can earn. */
const most: [part: string, points: number][] = [
  ['specific', 20], ['quantified', 25], ['assessable', 15], ['real', 15], ['feasible', 10], ['commercial', 10], ['confidential', 5],
]

/** Quality shows how good a need is, and what would make it better. */
export function Quality({ need: n, edit }: { need: Need; edit?: (name: string) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { score, missing, rubric } = n.quality
  const few = missing.slice(0, 4)
  return (
    <div className="quality">
      <button type="button" className="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}><Score value={score} /></button>
      {few.length > 0 && <span className="muted">{t('review.missing')}</span>}
      {few.map((m) => <Gap key={m} need={n} gap={m} {...(edit && { edit })} />)}
      {missing.length > few.length && <button type="button" className="quiet" onClick={() => setOpen(true)}>{t('review.moreMissing', { count: missing.length - few.length })}</button>}
      <Supplier need={n} {...(edit && { edit })} />
      {open && (
        <Dialog title={t('review.score', { score })} close={() => setOpen(false)} wide>
          <ul className="bars rubric">
            {most.map(([part, points]) => (
              <li key={part}><span>{t(`rubric.${part}`)}</span><meter min={0} max={points} value={rubric[part] ?? 0} aria-hidden /> <b>{rubric[part] ?? 0} / {points}</b></li>
            ))}
          </ul>
          {missing.length > 0 && <h3>{t('review.missing')}</h3>}
          <p className="words">{missing.map((m) => <Gap key={m} need={n} gap={m} {...(edit && { edit: (name: string) => { setOpen(false); edit(name) } })} />)}</p>
        </Dialog>
      )}
    </div>
  )
}

/** One thing that is missing, such as "condition:i2"; it leads to where it is filled in. */
export function Gap({ need, gap, edit }: { need: Need; gap: string; edit?: (name: string) => void }) {
  const { t } = useTranslation()
  const [part = '', row] = gap.split(':')
  const label = t([`missing.${part}`, `field.${part}`], part)
  const field = row && need.fields[row] ? row : undefined // of a conflict, which a field may have too
  const indicator = field ? t(`field.${field}`) : need.indicators.find((r) => r.id === row)?.name
  const text = indicator ? `${indicator} · ${label}` : label
  const target = field ?? (row ? `indicator:${row}` : part === 'indicator' ? 'indicator:' : part)
  return edit ? <button type="button" className="chip amber" onClick={() => edit(target)}>{text}</button> : <span className="chip amber">{text}</span>
}

/** What a supplier would still ask before quoting. */
function Supplier({ need, edit }: { need: Need; edit?: (name: string) => void }) {
  const { t } = useTranslation()
  const questions = need.quality.supplier_questions ?? []
  if (questions.length === 0) return null
  return (
    <details className="supplier">
      <summary>{t('review.supplier', { count: questions.length })}</summary>
      <p className="words">{questions.map((q) => <Ask key={q} need={need} question={q} {...(edit && { edit })} />)}</p>
    </details>
  )
}

/** Where the answers to questions that are about no field belong. */
const belongs: { [question: string]: string } = {
  sample: 'foundation', volume: 'scene', acceptance: 'indicator:', interface: 'constraints', delivery: 'partner_req', indicator: 'indicator:',
}

function Ask({ need, question, edit }: { need: Need; question: string; edit?: (name: string) => void }) {
  const { t } = useTranslation()
  const [part = '', row] = question.split(':')
  const text = t([`supplier.${part}`, `field.${part}`], { name: need.indicators.find((r) => r.id === row)?.name ?? '' })
  const target = row ? `indicator:${row}` : belongs[part] ?? part
  return edit ? <button type="button" className="chip" onClick={() => edit(target)}>{text}</button> : <span className="chip">{text}</span>
}
