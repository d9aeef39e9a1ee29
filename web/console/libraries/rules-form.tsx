import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { cityCodes, region } from '../codes'
import { Choice, FormField } from '../ui/field'
import { useLibraries } from './libraries'
import { asking, type Condition, type Fact, faultOf, type Kind, kindOf, mostRules, ofKind, partsOf, type Rule, said, type Test, testOf, withTest, wordsOf } from './rules'

const groups = ['number', 'code', 'tags', 'flag'] as const
const kinds: Exclude<Kind, 'fact'>[] = ['all', 'any', 'not']
const tests: Test[] = ['at_least', 'at_most', 'between']

interface Props { label: string; value: unknown; set: (value: Rule[]) => void }

/** RulesForm is where the conditions of a product are written: each in words, and, where the service can decide it, how. */
export function RulesForm({ label, value, set }: Props) {
  const { t } = useTranslation()
  const facts = useLibraries().data?.facts ?? []
  const rules = (value ?? []) as Rule[]
  const put = (at: number, rule: Rule) => set(rules.map((r, i) => (i === at ? rule : r)))
  return (
    <fieldset className="whole small-records rules-form">
      <legend>{label}</legend>
      <p className="muted">{t('rules.lead')}</p>
      {rules.map((r, at) => (
        <fieldset key={at} className="rule">
          <legend>{t('rules.one', { at: at + 1 })}</legend>
          <One of={r} facts={facts} set={(next) => put(at, next)} />
          <Button type="text" danger onClick={() => set(rules.filter((_, i) => i !== at))}>{t('rules.remove', { at: at + 1 })}</Button>
        </fieldset>
      ))}
      {rules.length < mostRules && <Button onClick={() => set([...rules, { text: '', when: {} }])}>{t('rules.add')}</Button>}
    </fieldset>
  )
}

function One({ of: r, facts, set }: { of: Rule; facts: Fact[]; set: (rule: Rule) => void }) {
  const { t } = useTranslation()
  const fault = r.when && faultOf(r.when, facts)
  const by = (how: string) => set(how === 'rule' ? { text: r.text, when: {} } : { text: r.text })
  return (
    <>
      <div className="pair">
        <FormField label={t('rules.text')} hint={r.when && t('rules.textHint')}>
          {(wire) => <Input {...wire} value={r.text} maxLength={200} onChange={(e) => set({ ...r, text: e.target.value })} />}
        </FormField>
        <FormField label={t('rules.by')}>
          {(wire) => <Choice wire={wire} value={r.when ? 'rule' : 'human'} options={[{ value: 'rule', label: t('rules.byRule') }, { value: 'human', label: t('rules.byHuman') }]} choose={by} />}
        </FormField>
      </div>
      {r.when && <Node of={r.when} facts={facts} set={(when) => set({ ...r, when })} />}
      {r.when && <p className={fault ? 'lacking' : 'reads'}>{fault ? t(fault) : t('rules.reads', { words: said(r.when, facts, t) })}</p>}
    </>
  )
}

interface NodeProps { of: Condition; facts: Fact[]; set: (condition: Condition) => void; remove?: (() => void) | undefined }

/** A condition: a fact with its test, or a list of conditions. */
function Node({ of: c, facts, set, remove }: NodeProps) {
  const { t } = useTranslation()
  const kind = kindOf(c)
  const fact = kind === 'fact' ? facts.find((f) => f.fact === c.fact) : undefined
  const choose = (v: string) => {
    const next = facts.find((f) => f.fact === v)
    set(next ? asking(next) : v === '' ? {} : ofKind(v as Kind, c))
  }
  return (
    <div className="condition">
      <div className="condition-line">
        <select className="choice" aria-label={t('rules.kind')} value={kind === 'fact' ? c.fact ?? '' : kind} onChange={(e) => choose(e.target.value)}>
          <option value="">{t('edit.choose')}</option>
          {groups.map((g) => (
            <optgroup key={g} label={t(`rules.group.${g}`)}>{facts.filter((f) => f.shape === g).map((f) => <option key={f.fact} value={f.fact}>{f.name}</option>)}</optgroup>
          ))}
          <optgroup label="——">{kinds.map((k) => <option key={k} value={k}>{t(`rules.group.${k}`)}</option>)}</optgroup>
        </select>
        {fact && <Asked of={c} fact={fact} set={set} />}
        {remove && <button type="button" className="quiet" onClick={remove}>{t('rules.removePart')}</button>}
      </div>
      {kind !== 'fact' && <Parts of={c} kind={kind} facts={facts} set={set} />}
    </div>
  )
}

function Parts({ of: c, kind, facts, set }: NodeProps & { kind: Exclude<Kind, 'fact'> }) {
  const { t } = useTranslation()
  const parts = partsOf(c)
  const write = (list: Condition[]) => set(kind === 'not' ? { not: list[0] ?? {} } : { [kind]: list })
  return (
    <div className="condition-parts">
      {parts.map((p, at) => (
        <Node
          key={at} of={p} facts={facts} set={(next) => write(parts.map((old, i) => (i === at ? next : old)))}
          remove={kind !== 'not' && parts.length > 1 ? () => write(parts.filter((_, i) => i !== at)) : undefined}
        />
      ))}
      {kind !== 'not' && <Button size="small" onClick={() => write([...parts, {}])}>{t('rules.addPart')}</Button>}
    </div>
  )
}

/** How a fact is asked: yes or no, a figure, or some of a list. */
function Asked({ of: c, fact, set }: { of: Condition; fact: Fact; set: (condition: Condition) => void }) {
  const { t } = useTranslation()
  if (fact.shape === 'flag') {
    const options = [{ value: 'yes', label: t('advice.yes') }, { value: 'no', label: t('advice.no') }]
    return <Choice value={c.is === false ? 'no' : 'yes'} label={fact.name} options={options} choose={(v) => set({ fact: fact.fact, is: v === 'yes' })} />
  }
  if (fact.shape === 'number') return <Figures of={c} fact={fact} set={set} />
  const words = wordsOf(c)
  const options = fact.words ?? cityCodes
  return (
    <fieldset className="ticks">
      <legend className="unseen">{fact.name} {t('rules.words')}</legend>
      {options.map((w) => (
        <label key={w} className="tick">
          <input type="checkbox" checked={words.includes(w)} onChange={(e) => set({ fact: fact.fact, in: e.target.checked ? [...words, w] : words.filter((x) => x !== w) })} /> {fact.words ? w : region(w)}
        </label>
      ))}
    </fieldset>
  )
}

function Figures({ of: c, fact, set }: { of: Condition; fact: Fact; set: (condition: Condition) => void }) {
  const { t } = useTranslation()
  const test = testOf(c)
  const read = (text: string) => (text === '' ? null : Number(text))
  const figure = (label: string, value: number | null | undefined, put: (n: number | null) => void) => (
    <input className="choice figure" type="number" min={0} step="any" aria-label={`${fact.name} ${label}`} value={value ?? ''} onChange={(e) => put(read(e.target.value))} />
  )
  return (
    <>
      <Choice value={test} label={t('rules.test')} options={tests.map((v) => ({ value: v, label: t(`rules.tests.${v}`) }))} choose={(v) => set(withTest(c, v as Test))} />
      {c.between
        ? <>{figure(t('rules.low'), c.between[0], (n) => set({ ...c, between: [n, c.between?.[1] ?? null] }))}–{figure(t('rules.high'), c.between[1], (n) => set({ ...c, between: [c.between?.[0] ?? null, n] }))}</>
        : figure(t('rules.figure'), test === 'at_most' ? c.at_most : c.at_least, (n) => set({ fact: fact.fact, [test]: n }))}
      <span className="muted">{fact.unit}</span>
    </>
  )
}
