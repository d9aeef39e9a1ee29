import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { region } from '../codes'
import { Choice, FormField } from '../ui/field'

/** What the broker knows beyond the record, as the API takes it. */
export type Answers = Record<string, unknown>

type Question = Schema['FinanceQuestion']

/** How many questions are shown at a time: answered ones make room for the next. */
const shown = 5

interface Props { questions: Question[]; answers: Answers; answer: (next: Answers) => void }

/** FinanceQuestions asks what would settle most products; nothing of it is kept. */
export function FinanceQuestions({ questions, answers, answer }: Props) {
  const { t } = useTranslation()
  const given = Object.keys(answers).length > 0
  if (questions.length === 0 && !given) return null
  return (
    <section className="asks" aria-label={t('advice.questions')}>
      <h4>{t('advice.questions')}</h4>
      {questions.slice(0, shown).map((q) => (
        <FormField key={`${q.fact}:${q.tag ?? ''}`} label={q.text} hint={t('advice.settles', { count: q.products ?? 0 })}>
          {(wire) => <Control of={q} wire={wire} set={(v) => answer(withAnswer(answers, q, v))} />}
        </FormField>
      ))}
      {given && <button type="button" className="quiet" onClick={() => answer({})}>{t('advice.forget')}</button>}
    </section>
  )
}

/** The answers with one more; tags of one fact stand together. */
export function withAnswer(answers: Answers, q: Question, value: unknown): Answers {
  if (q.shape !== 'tag' || !q.tag) return { ...answers, [q.fact]: value }
  const before = answers[q.fact]
  return { ...answers, [q.fact]: { ...(typeof before === 'object' && before), [q.tag]: value } }
}

function Control({ of: q, wire, set }: { of: Question; wire: { id: string }; set: (value: unknown) => void }) {
  const { t } = useTranslation()
  const [figure, setFigure] = useState('')
  if (q.shape === 'number') {
    const n = Number(figure)
    const good = figure.trim() !== '' && Number.isFinite(n) && n >= 0
    return (
      <span className="side">
        <input {...wire} className="choice" inputMode="decimal" value={figure} onChange={(e) => setFigure(e.target.value)} onKeyDown={(e) => { if (e.key === 'Enter' && good) set(n) }} />
        <Button size="small" disabled={!good} onClick={() => set(n)}>{t('advice.take')}</Button>
      </span>
    )
  }
  if (q.shape === 'code') {
    const options = (q.choices ?? []).map((value) => ({ value, label: region(value) }))
    return <Choice wire={wire} value="" none={t('advice.notKnown')} options={options} choose={(v) => { if (v) set(v) }} />
  }
  const options = [{ value: 'yes', label: t('advice.yes') }, { value: 'no', label: t('advice.no') }]
  return <Choice wire={wire} value="" none={t('advice.notKnown')} options={options} choose={(v) => { if (v) set(v === 'yes') }} />
}
