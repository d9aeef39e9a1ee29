import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { useMay } from '../session'
import { Chip, type Tone } from '../ui/chip'
import { Choice } from '../ui/field'
import { placeName } from './place'
import { useTargets } from './targets'

type Import = Schema['Import']
type Table = Schema['MappedTable']
type Column = Schema['MappedColumn']

/** Mapping shows what each column was taken for, and why, and lets people correct it. */
export function Mapping({ of: i, mapping }: { of: Import; mapping: Schema['ImportMapping'] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const may = useMay('needs:write') && i.state === 'ready'
  const correct = useMutation({
    mutationFn: async (body: Schema['MappingInput']) => data(await api.POST('/imports/{id}/mapping', { params: { path: { id: i.id } }, body })),
    onSuccess: (next) => queries.setQueryData(['import', i.id], next),
    onError: (e) => void message.error(e.message),
  })
  const parts = [...mapping.tables, ...(mapping.text.rows > 0 ? [mapping.text] : [])]
  return (
    <section aria-label={t('imports.mapping')}>
      <h2>{t('imports.mapping')}</h2>
      <p className="muted">{t(i.library ? 'imports.mappingLeadRecords' : 'imports.mappingLead')}</p>
      {mapping.notes.map((n) => <Alert key={n.code + (n.place ?? '')} type="warning" showIcon title={`${t(`imports.note.${n.code}`, n.code)} ${placeName(t, n.place ?? '')}`} />)}
      {parts.map((table, at) => (
        <Part
          key={at} table={table} into={i.library} name={at === mapping.tables.length ? t('imports.textPart') : table.table || t('imports.onlyTable')} may={may && !correct.isPending}
          setLayout={(layout) => correct.mutate({ tables: [{ table: at, layout }] })}
          setTarget={(c, target) => correct.mutate({ columns: [{ table: at, col: c.col, target, ...(c.row !== undefined && { row: c.row }) }] })}
        />
      ))}
    </section>
  )
}

interface PartProps {
  table: Table
  into: Schema['LibraryName'] | undefined
  name: string
  may: boolean
  setLayout: (layout: Schema['ImportLayout']) => void
  setTarget: (column: Column, target: string) => void
}

/** One sheet, table or text. */
function Part({ table, into, name, may, setLayout, setTarget }: PartProps) {
  const { t } = useTranslation()
  const layouts = (['rows', 'form', 'text', 'none'] as const).filter((l) => (l !== 'rows' || table.columns.length > 0) && (l !== 'text' || !into))
  const layoutName = (l: string) => t(`imports.${into ? 'recordLayout' : 'layout'}.${l}`)
  return (
    <div className="mapped">
      <div className="spread">
        <h3>{name} {table.hidden && <Chip tone="amber">{t('imports.hidden')}</Chip>}</h3>
        <span>
          {t('imports.rowCount', { count: table.rows })}{' '}
          {may
            ? <Choice value={table.layout} label={t('imports.layoutOf', { name })} options={layouts.map((l) => ({ value: l, label: layoutName(l) }))} choose={(l) => setLayout(l as Schema['ImportLayout'])} />
            : layoutName(table.layout)}
        </span>
      </div>
      {table.layout !== 'none' && table.columns.length > 0 && (
        <table className="list">
          <thead><tr><th scope="col">{t('imports.column')}</th><th scope="col">{t('imports.means')}</th><th scope="col">{t('imports.why')}</th><th scope="col">{t('imports.samples')}</th></tr></thead>
          <tbody>{table.columns.map((c) => <Row key={`${c.row ?? 0}/${c.col}`} column={c} into={into} may={may} choose={(target) => setTarget(c, target)} />)}</tbody>
        </table>
      )}
    </div>
  )
}

function Row({ column: c, into, may, choose }: { column: Column; into: Schema['LibraryName'] | undefined; may: boolean; choose: (target: string) => void }) {
  const { t } = useTranslation()
  const { targets, name } = useTargets(into)
  const tone: Tone = c.reason === 'person' ? 'violet' : c.target === '' ? 'red' : c.confidence < 0.7 ? 'amber' : 'green'
  return (
    <tr>
      <td><b>{c.header || '—'}</b> <span className="muted">{c.row ? `${c.letter}${c.row}` : c.letter}</span></td>
      <td>
        {may
          ? <Choice value={c.target} label={t('imports.meansOf', { name: c.header || c.letter })} none={t('imports.unmapped')} options={targets.map((o) => ({ value: o, label: name(o) }))} choose={choose} />
          : c.target ? name(c.target) : t('imports.unmapped')}
        {c.unit && <span className="muted"> {c.unit}</span>}
      </td>
      <td><Chip tone={tone}>{t(`imports.reason.${c.reason}`, c.reason)}</Chip></td>
      <td className="samples">{c.samples.map((s, i) => <span key={i}>{s}</span>)}</td>
    </tr>
  )
}
