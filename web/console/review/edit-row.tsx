import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { useDraft } from '../draft'
import { Dialog } from '../ui/dialog'
import { Choice, FormField } from '../ui/field'
import { quantity } from './parse'
import type { Indicator } from './value'

type Patch = Schema['IndicatorPatch']
type Op = NonNullable<Patch['op']>

interface Props {
  form: string // that its draft is kept by
  row: Indicator | undefined // undefined: a new one
  close: () => void
  save: (body: Patch) => void
  busy: boolean
  wrong: string
  setWrong: (text: string) => void
}

const ops: Op[] = ['≥', '≤', '>', '<', '=', '±', 'range', '~']
const longest = { name: 100, current: 60, target: 60, unit: 40, condition: 300, method: 300, reason: 500 }
type Part = keyof typeof longest
type Form = Record<Part, string> & { op: Op; priority: string }

/** EditRow is the form for one row of indicators. */
export function EditRow({ form, row, close, save, busy, wrong, setWrong }: Props) {
  const { t } = useTranslation()
  const { value: { op, priority, ...parts }, set, restored } = useDraft<Form>(form, {
    name: row?.name ?? '', current: row?.current?.text ?? '', target: row?.target?.text ?? '', unit: row?.unit ?? '',
    condition: row?.condition ?? '', method: row?.method ?? '', reason: '', op: ops.find((o) => o === row?.op) ?? '≥', priority: row?.priority ?? '',
  })
  const put = (part: Partial<Form>) => set((old) => ({ ...old, ...part }))
  const submit = () => {
    const current = figure(parts.current, row?.current)
    const target = figure(parts.target, row?.target)
    const [name, unit, condition, method, reason] = [parts.name, parts.unit, parts.condition, parts.method, parts.reason].map((s) => s.trim())
    if (!name) setWrong(t('edit.noName'))
    else if (current === undefined || target === undefined) setWrong(t('edit.number'))
    else {
      save({
        ...(row && { id: row.id }), name, op, current, target, unit: unit ?? '', condition: condition || null, method: method || null,
        priority: priority === 'must' || priority === 'want' ? priority : null, ...(reason && { reason }),
      })
    }
  }
  const text = (part: Part, hint?: string) => (
    <FormField label={t(part === 'reason' ? 'edit.reason' : `row.${part}`)} hint={hint}>
      {(wire) => <Input {...wire} value={parts[part]} onChange={(e) => put({ [part]: e.target.value })} maxLength={longest[part]} />}
    </FormField>
  )
  return (
    <Dialog
      title={t(row ? 'edit.row' : 'review.addRow')} close={close} ok={t('edit.save')} onOk={submit} busy={busy} wrong={wrong}
      extra={row && <Button danger type="text" disabled={busy} onClick={() => save({ id: row.id, remove: true })}>{t('edit.remove')}</Button>}
    >
      {restored && <p className="said-raw" role="status">{t('edit.restored')}</p>}
      {text('name')}
      <div className="pair">
        {text('current')}
        <FormField label={t('row.op')}>
          {(wire) => <Choice wire={wire} value={op} options={ops.map((o) => ({ value: o, label: t(`comparator.${o}`) }))} choose={(v) => put({ op: v as Op })} />}
        </FormField>
      </div>
      <div className="pair">{text('target', t('edit.range'))}{text('unit')}</div>
      {text('condition')}
      <div className="pair">
        {text('method')}
        <FormField label={t('row.priority')}>
          {(wire) => <Choice wire={wire} value={priority} none={t('priority.none')} options={['must', 'want'].map((p) => ({ value: p, label: t(`priority.${p}`) }))} choose={(v) => put({ priority: v })} />}
        </FormField>
      </div>
      {text('reason')}
    </Dialog>
  )
}

/** The figure that a text means; what was not touched stays as it was read, even if it is no plain number. */
function figure(text: string, old: Schema['Quantity'] | null | undefined): Schema['Quantity'] | null | undefined {
  return old && text === old.text ? old : quantity(text)
}
