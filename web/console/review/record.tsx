import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { Edit } from './edit'
import { EditRow } from './edit-row'
import { keys, quantity, shown, trust, type Field, type Indicator } from './value'

type Need = Schema['Need']
type Evidence = Schema['Evidence']

interface Props {
  need: Need
  chosen: string // field key or "indicator:ID", "" for none
  choose: (key: string, evidence: Evidence[]) => void
  mayEdit: boolean
  patch: (body: Schema['NeedPatch']) => Promise<unknown>
}

/** Record shows a need field by field; choosing a value lights up its evidence. */
export function Record({ need, chosen, choose, mayEdit, patch }: Props) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState('')
  const [row, setRow] = useState<Partial<Indicator>>()
  return (
    <>
      <h3>{t('field.indicator')} {mayEdit && <Button size="small" onClick={() => setRow({})}>{t('review.addRow')}</Button>}</h3>
      <Rows rows={need.indicators} chosen={chosen} choose={choose} edit={mayEdit ? setRow : undefined} />
      <h3>{t('review.fields')}</h3>
      {keys.map((key) => {
        const field = need.fields[key]
        if (!field) return null
        return (
          <Line key={key} name={key} field={field} suggestion={need.suggestions[key]} chosen={chosen === key}
            choose={() => choose(key, field.evidence)} edit={mayEdit ? () => setEditing(key) : undefined} />
        )
      })}
      {need.routes.length > 0 && <h3>{t('review.routes')}</h3>}
      {need.routes.map((r, i) => (
        <div className="field" key={i}>
          <span className="name">{t(`route.${r.kind}`)}</span>
          <button type="button" className="value" onClick={() => choose(`route:${i}`, r.evidence)}>{r.why}</button>
        </div>
      ))}
      {editing && (
        <Edit name={editing} value={need.fields[editing]?.value} close={() => setEditing('')}
          save={(value, reason) => patch({ fields: { [editing]: { value, ...(reason && { reason }) } } })} />
      )}
      {row && <EditRow row={row} close={() => setRow(undefined)} save={(body) => patch({ indicators: [body] })} />}
    </>
  )
}

interface LineProps {
  name: string
  field: Field
  suggestion: Schema['Suggestion'] | undefined
  chosen: boolean
  choose: () => void
  edit: (() => void) | undefined
}

function Line({ name, field, suggestion, chosen, choose, edit }: LineProps) {
  const { t } = useTranslation()
  const text = shown(field.value)
  return (
    <div className={chosen ? 'field chosen' : 'field'}>
      <span className="name">{t(`field.${name}`)}</span>
      <div>
        {text
          ? <button type="button" className="value" aria-pressed={chosen} onClick={choose}>{text}</button>
          : <span className="name">{t(`empty.${field.status}`, { to: field.to ?? '' })}</span>}
        {text && <Lights checks={field.checks} />}
        {field.raw && <div className="quote">“{field.raw}”</div>}
        {!text && suggestion && <div className="quote">{t('review.suggested', { value: suggestion.value, why: suggestion.why })}</div>}
      </div>
      <span>
        {text && <Tag>{t(`fieldStatus.${field.status}`)}</Tag>}
        {field.source === 'broker' && <Tag color="blue">{t('review.byBroker')}</Tag>}
        {edit && <Button size="small" type="text" onClick={edit} aria-label={t('review.editField', { field: t(`field.${name}`) })}>{t('review.edit')}</Button>}
      </span>
    </div>
  )
}

function Lights({ checks }: { checks: Schema['Checks'] | undefined }) {
  const { t } = useTranslation()
  const level = trust(checks)
  if (!checks || !level) return null
  const signs = [checks.rule, checks.aligned, checks.agree].filter(Boolean).length
  return (
    <span className={`lights ${level}`} role="img" aria-label={t(`trust.${level}`)} title={t(`trust.${level}`)}>
      {Array.from({ length: signs }, (_, i) => <i key={i} />)}
    </span>
  )
}

interface RowsProps {
  rows: Indicator[]
  chosen: string
  choose: (key: string, evidence: Evidence[]) => void
  edit: ((row: Indicator) => void) | undefined
}

function Rows({ rows, chosen, choose, edit }: RowsProps) {
  const { t } = useTranslation()
  if (rows.length === 0) return <p className="name">{t('review.noRows')}</p>
  return (
    <table className="rows">
      <thead>
        <tr>{['name', 'current', 'target', 'unit', 'condition', 'status'].map((c) => <th key={c} scope="col">{t(`row.${c}`)}</th>)}{edit && <th />}</tr>
      </thead>
      <tbody>
        {rows.map((r) => (
          <tr key={r.id} className={chosen === `indicator:${r.id}` ? 'chosen' : ''}>
            <td>
              <button type="button" className="value" aria-pressed={chosen === `indicator:${r.id}`} onClick={() => choose(`indicator:${r.id}`, r.evidence)}>
                {r.name}
              </button>
              <Lights checks={r.checks} />
            </td>
            <td>{quantity(r.current)}</td>
            <td>{r.target && `${r.op === 'range' ? '' : (r.op ?? '')}${quantity(r.target)}`}</td>
            <td>{r.unit}</td>
            <td>{r.condition ?? r.method}</td>
            <td><Tag>{t(`fieldStatus.${r.status}`)}</Tag></td>
            {edit && <td><Button size="small" type="text" onClick={() => edit(r)} aria-label={t('review.editField', { field: r.name })}>{t('review.edit')}</Button></td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
