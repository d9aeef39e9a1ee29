import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { cityCodes, region } from '../codes'
import { Choice, FormField, type Wire } from '../ui/field'
import type { Field } from './libraries'
import { RulesForm } from './rules-form'

interface Props {
  field: Field
  label: string
  value: unknown
  set: (value: unknown) => void
  labelOf: (part: string) => string
}

/** The control of one field, by its shape. */
export function Control({ field: f, label, value, set, labelOf }: Props) {
  const { t } = useTranslation()
  if (f.shape === 'choices' || f.shape === 'regions') return <Several field={f} label={label} value={value} set={set} />
  if (f.shape === 'rules') return <RulesForm label={label} value={value} set={set} />
  if (f.shape === 'records') return <Records field={f} label={label} value={value} set={set} labelOf={labelOf} />
  const hint = f.shape === 'texts' ? t('edit.oneALine') : f.unit
  return (
    <div className={f.shape === 'long' || f.shape === 'texts' ? 'whole' : ''}>
      <FormField label={label} hint={hint}>{(wire) => <Single field={f} value={value} set={set} wire={wire} />}</FormField>
    </div>
  )
}

function Single({ field: f, value, set, wire }: { field: Field; value: unknown; set: (value: unknown) => void; wire: Wire }) {
  const { t } = useTranslation()
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const size = f.max !== undefined ? { maxLength: f.max } : {}
  switch (f.shape) {
    case 'long': return <Input.TextArea {...wire} {...size} rows={5} value={text} onChange={(e) => set(e.target.value)} />
    case 'texts': return <Input.TextArea {...wire} rows={3} value={((value ?? []) as string[]).join('\n')} onChange={(e) => set(e.target.value.split('\n'))} onBlur={(e) => set(tidy(e.target.value))} />
    case 'choice': return <Choice wire={wire} value={text} none={t('edit.choose')} options={(f.words ?? []).map((w) => ({ value: w, label: w }))} choose={set} />
    case 'level': return <Choice wire={wire} value={text} none={t('edit.choose')} options={[...'123456789'].map((n) => ({ value: n, label: t('detail.level', { level: n }) }))} choose={(v) => set(v ? Number(v) : null)} />
    case 'region': return <Choice wire={wire} value={text} none={t('edit.choose')} options={cityCodes.map((c) => ({ value: c, label: region(c) }))} choose={set} />
    case 'day': return <Input {...wire} type="date" value={text} onChange={(e) => set(e.target.value)} />
    case 'number': return <Input {...wire} type="number" min={0} step="any" value={text} onChange={(e) => set(e.target.value === '' ? null : Number(e.target.value))} />
    default: return <Input {...wire} {...size} value={text} onChange={(e) => set(e.target.value)} />
  }
}

const tidy = (text: string) => text.split('\n').map((s) => s.trim()).filter(Boolean)

/** Some of a list of words. */
function Several({ field: f, label, value, set }: Omit<Props, 'labelOf'>) {
  const chosen = (value ?? []) as string[]
  const options = f.shape === 'regions' ? cityCodes.map((c) => ({ value: c, label: region(c) })) : (f.words ?? []).map((w) => ({ value: w, label: w }))
  return (
    <fieldset className="ticks whole">
      <legend>{label}</legend>
      {options.map((o) => (
        <label key={o.value} className="tick">
          <input
            type="checkbox" checked={chosen.includes(o.value)}
            onChange={(e) => set(e.target.checked ? [...chosen, o.value] : chosen.filter((c) => c !== o.value))}
          /> {o.label}
        </label>
      ))}
    </fieldset>
  )
}

/** A list of small records, such as rights or projects. */
function Records({ field: f, label, value, set, labelOf }: Props) {
  const { t } = useTranslation()
  const list = (value ?? []) as Record<string, unknown>[]
  const put = (at: number, key: string, v: unknown) => set(list.map((r, i) => (i === at ? { ...r, [key]: v } : r)))
  return (
    <fieldset className="whole small-records">
      <legend>{label}</legend>
      {list.map((r, at) => (
        <div key={at} className="small-record">
          {(f.parts ?? []).map((p) => (
            <FormField key={p.key} label={labelOf(`${f.key}_${p.key}`)}>
              {(wire) => <Single field={p} value={r[p.key]} set={(v) => put(at, p.key, v)} wire={wire} />}
            </FormField>
          ))}
          <Button type="text" danger aria-label={t('lib.removeOne', { name: label, at: at + 1 })} onClick={() => set(list.filter((_, i) => i !== at))}>{t('lib.remove')}</Button>
        </div>
      ))}
      <Button onClick={() => set([...list, {}])}>{t('lib.addOne', { name: label.replace(' *', '') })}</Button>
    </fieldset>
  )
}
