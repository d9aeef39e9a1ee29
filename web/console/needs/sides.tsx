import { useTranslation } from 'react-i18next'
import { figure } from '../review/value'
import type { Indicator } from '../review/value'
import { pieces } from './diff'
import type { Differing, DifferingRow, Take } from './differing'

/** A text with what the other side does not say marked. */
export function Marked({ text, against }: { text: string; against: string }) {
  return <span className="side-text">{pieces(text, against).map((p, i) => (p.other ? <ins key={i}>{p.text}</ins> : <span key={i}>{p.text}</span>))}</span>
}

interface FieldProps { of: Differing; take: Take; set: ((take: Take) => void) | undefined }

/** One field of both needs, and which of them stays. */
export function FieldRow({ of: f, take, set }: FieldProps) {
  const { t } = useTranslation()
  const label = t(`field.${f.key}`)
  const takes: Take[] = f.both ? ['mine', 'other', 'both'] : ['mine', 'other']
  return (
    <tr>
      <th scope="row">{label}</th>
      <td data-side={t('take.mine')}>{f.mine ? <Marked text={f.mine} against={f.other} /> : <span className="muted">{t('compare.nothing')}</span>}</td>
      <td data-side={t('take.other')}><Marked text={f.other} against={f.mine} /></td>
      <td>
        <fieldset disabled={!set}>
          <legend className="unseen">{label}</legend>
          {takes.map((v) => (
            <label key={v}><input type="radio" name={`take-${f.key}`} checked={take === v} onChange={() => set?.(v)} /> {t(`take.${v}`)}</label>
          ))}
        </fieldset>
      </td>
    </tr>
  )
}

interface RowProps { of: DifferingRow; taken: boolean; set: ((on: boolean) => void) | undefined }

/** One row of indicators of the other need, beside that of the same name. */
export function RowChoice({ of: { row, mine }, taken, set }: RowProps) {
  const { t } = useTranslation()
  const there = said(row)
  const here = mine ? said(mine) : ''
  return (
    <tr>
      <th scope="row">{t('compare.row', { name: row.name })}</th>
      <td data-side={t('take.mine')}>{mine ? <Marked text={here} against={there} /> : <span className="muted">{t('compare.nothing')}</span>}</td>
      <td data-side={t('take.other')}><Marked text={there} against={here} /></td>
      <td><label><input type="checkbox" checked={taken} disabled={!set} onChange={(e) => set?.(e.target.checked)} /> {t(mine ? 'compare.replaceRow' : 'compare.addRow')}</label></td>
    </tr>
  )
}

function said(r: Indicator): string {
  const from = figure(r.current, r.unit)
  return [`${from ? `${from} → ` : ''}${figure(r.target, r.unit, r.op)}`, r.condition, r.method].filter(Boolean).join('；')
}
