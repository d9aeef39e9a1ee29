import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { OnSupply } from '../cases/on-supply'
import { ProductDialog } from '../library/dialogs'
import { Chip, type Tone } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'
import { type Answers, FinanceQuestions } from './finance-questions'

type Product = Schema['FinanceProduct']

const tones: Record<Schema['Verdict'], Tone> = { met: 'green', not_known: 'amber', not_met: 'plain' }

/** Finance shows which loans and funds a need is eligible for, condition by condition, and what is to be asked. */
export function Finance({ need, mayEdit }: { need: string; mayEdit: boolean }) {
  const { t } = useTranslation()
  const [facts, setFacts] = useState<Answers>({})
  const [open, setOpen] = useState<Product>()
  const path = { params: { path: { id: need } } }
  const found = useQuery({
    queryKey: ['finance', need, facts],
    placeholderData: keepPreviousData,
    queryFn: async () => data(Object.keys(facts).length > 0
      ? await api.POST('/needs/{id}/finance', { ...path, body: { facts } })
      : await api.GET('/needs/{id}/finance', path)),
  })
  if (found.isPending) return <Waiting rows={8} />
  if (!found.data) return <Trouble error={found.error} again={() => void found.refetch()} />
  const { items, questions, route, known, cautions } = found.data
  if (items.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('advice.noProducts')} />
  return (
    <>
      {found.error && <Trouble error={found.error} again={() => setFacts({})} />}
      {cautions.map((c) => <p key={c} className="caution">{c}</p>)}
      <Relay route={route} />
      {known.length > 0 && <p className="words">{known.map((k) => <Chip key={k.fact} tone={k.source === 'caller' ? 'blue' : 'plain'}>{k.text}</Chip>)}</p>}
      <FinanceQuestions questions={questions} answers={facts} answer={setFacts} />
      {items.map((f) => <Fit key={f.product.id} of={f} open={() => setOpen(f.product)}><OnSupply need={need} library="finance-products" supply={f.product.id} mayEdit={mayEdit} /></Fit>)}
      {open && <ProductDialog of={open} close={() => setOpen(undefined)} />}
    </>
  )
}

/** Relay is the way from fund to fund, with where the need stands on it. */
function Relay({ route }: { route: Schema['FinanceLeg'][] }) {
  const { t } = useTranslation()
  return (
    <ol className="relay" aria-label={t('advice.relay')}>
      {route.map((leg) => (
        <li key={leg.kind} className={leg.place} {...(leg.place === 'here' && { 'aria-current': 'step' as const })}>
          <b>{leg.kind}</b> <small className="muted">TRL {leg.trl_min}–{leg.trl_max}</small> <Chip tone={leg.place === 'here' ? 'green' : 'plain'}>{t(`place.${leg.place}`)}</Chip>
          {(leg.place === 'here' || leg.place === 'possible') && leg.hand_over.length > 0 && (
            <ul className="muted">{leg.hand_over.map((r) => <li key={r.text}>{r.text}{t('advice.is')}{r.why}</li>)}</ul>
          )}
        </li>
      ))}
    </ol>
  )
}

/** Fit is one product with its conditions; those that are out of the question are folded. */
function Fit({ of: f, open, children }: { of: Schema['FinanceFit']; open: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  const count = (v: Schema['Verdict']) => f.rules.filter((r) => r.verdict === v).length
  return (
    <article className="match" aria-label={f.product.name}>
      <header className="spread">
        <h3><button type="button" className="link" aria-haspopup="dialog" onClick={open}>{f.product.name}</button></h3>
        <Chip tone={tones[f.verdict]}>{t(`verdict.${f.verdict}`)}</Chip>
      </header>
      <p className="muted">{[f.product.kind, f.product.org].filter(Boolean).join(' · ')}</p>
      <details open={f.verdict !== 'not_met'}>
        <summary>{t('advice.rules', { met: count('met'), open: count('not_known'), failed: count('not_met') })}</summary>
        <ul className="verdicts">
          {f.rules.map((r) => <li key={r.text} className={r.verdict}>{r.text}<small className="muted">{r.why}</small></li>)}
        </ul>
      </details>
      {children}
    </article>
  )
}
