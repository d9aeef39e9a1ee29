import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog'
import { Choice, FormField } from '../ui/field'
import { type Act, declineReasons, endReasons, today } from './stages'

export type Ask = 'note' | 'on' | 'contract' | 'declineReason' | 'endReason' | 'goes' | 'outcome' | 'step'

/** What can be done, and what has to be said with it. */
export interface Asked {
  name: string
  kind: Act['kind']
  side?: 'need' | 'supply'
  consent?: 'agreed' | 'refused'
  days?: 30 | 90 | 180
  asks: Ask[]
}

interface Props { asked: Asked; busy: boolean; close: () => void; send: (body: Act) => void }

/** ActDialog asks for what belongs to a step of a case. */
export function ActDialog({ asked, busy, close, send }: Props) {
  const { t } = useTranslation()
  const [v, setV] = useState<Record<string, string>>({ on: today(), outcome: 'stalled' })
  const set = (name: string) => (value: string) => setV({ ...v, [name]: value })
  const asks = (what: Ask) => asked.asks.includes(what)
  const given = (name: string) => (v[name] ?? '').trim()
  const stalled = asked.kind === 'followed_up' && given('goes') === 'stalled'
  const ended = asks('endReason') && !(asks('outcome') && given('outcome') === 'solved')
  const wantsReason = asks('declineReason') || ended || stalled
  const ready = (!wantsReason || given('reason') !== '') && (given('reason') !== 'other' || given('note') !== '') && (!asks('contract') || given('contract') !== '')
    && (!asks('goes') || given('goes') !== '') && (!asks('step') || (given('text') !== '' && given('who') !== '' && given('due') !== ''))
    && (asked.kind !== 'noted' || given('note') !== '')
  const go = () => send({
    kind: asked.kind, ...(asked.side && { side: asked.side }), ...(asked.consent && { consent: asked.consent }), ...(asked.days && { days: asked.days }),
    ...(given('note') && { note: given('note') }), ...(wantsReason && { reason: given('reason') }), ...(asks('on') && { on: given('on') }),
    ...(asks('contract') && { contract: given('contract'), ...(Number(given('amount')) > 0 && { amount: Number(given('amount')) }) }),
    ...(asks('goes') && { goes: given('goes') as 'running' | 'stalled' | 'solved' }), ...(asks('outcome') && { outcome: given('outcome') as 'stalled' | 'expired' | 'solved' }),
    ...(asks('step') && { step: { text: given('text'), who: given('who'), due: given('due') } }),
  })
  const text = (name: string, label: string, type = 'text') => (
    <FormField label={label}>{(wire) => <Input {...wire} type={type} value={v[name] ?? ''} onChange={(e) => set(name)(e.target.value)} maxLength={name === 'note' ? 2000 : 500} />}</FormField>
  )
  const choice = (name: string, label: string, options: { value: string; label: string }[]) => (
    <FormField label={label}>{(wire) => <Choice wire={wire} value={v[name] ?? ''} none={t('edit.choose')} options={options} choose={set(name)} />}</FormField>
  )
  const reasons = asks('declineReason') ? declineReasons.map((r) => ({ value: r, label: t(`rejection.${r}`) })) : endReasons.map((r) => ({ value: r, label: t(`endReason.${r}`) }))
  return (
    <Dialog title={t(`caseAct.${asked.name}`, { days: asked.days ?? 0 })} close={close} ok={t('edit.save')} onOk={go} busy={busy} disabled={!ready} danger={asked.kind === 'declined'}>
      {asks('outcome') && choice('outcome', t('actAsks.outcome'), (['stalled', 'expired', 'solved'] as const).map((o) => ({ value: o, label: t(`caseOutcome.${o}`) })))}
      {asks('goes') && choice('goes', t('actAsks.goes'), (['running', 'stalled', 'solved'] as const).map((o) => ({ value: o, label: t(`goes.${o}`) })))}
      {wantsReason && choice('reason', t('actAsks.reason'), reasons)}
      {asks('contract') && <div className="pair">{text('contract', t('actAsks.contract'))}{text('amount', t('actAsks.amount'), 'number')}</div>}
      {asks('on') && text('on', t('actAsks.on'), 'date')}
      {asks('step') && <>{text('text', t('actAsks.text'))}<div className="pair">{text('who', t('actAsks.who'))}{text('due', t('actAsks.due'), 'date')}</div></>}
      {asks('note') && text('note', t(given('reason') === 'other' || asked.kind === 'noted' ? 'actAsks.noteWanted' : 'actAsks.note'))}
    </Dialog>
  )
}
