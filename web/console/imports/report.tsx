import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { type LibraryName, useLibrary } from '../libraries/libraries'
import { Chip, type Tone } from '../ui/chip'
import { Chips } from '../ui/filters'
import { List } from '../ui/list'
import { placeName } from './place'

type Row = Schema['ImportRow'] & { id: string }

const tones: Record<Schema['ImportRow']['outcome'], Tone> = { need: 'green', added: 'green', updated: 'blue', unchanged: 'plain', duplicate: 'violet', skipped: 'plain', failed: 'red' }

/** Report says row by row what came of a file. */
export function Report({ of: i }: { of: Schema['Import'] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [problems, setProblems] = useState('')
  const target = (r: Row) => (r.need_id ? `/needs/${r.need_id}` : r.entry_id && i.library ? `/library/${i.library}/${r.entry_id}` : '')
  return (
    <section aria-label={t('imports.report')}>
      <h2>{t('imports.report')}</h2>
      {i.mapping && <LeftOut mapping={i.mapping} />}
      {i.library && i.state === 'done' && <Alike library={i.library} />}
      <Chips
        label={t('imports.report')} value={problems} choose={setProblems}
        options={[{ value: '', label: t('all') }, { value: 'problems', label: t('imports.problems') }]}
      />
      <List<Row>
        name={['import-rows', i.id, problems]} label={t('imports.report')} empty={t('imports.noRows')}
        open={(r) => { const to = target(r); if (to) void navigate(to) }}
        fetch={async (cursor) => {
          const page = data(await api.GET('/imports/{id}/rows', {
            params: { path: { id: i.id }, query: { limit: 50, ...(problems && { problems: true }), ...(cursor && { cursor }) } },
          }))
          return { ...page, items: page.items.map((r) => ({ ...r, id: String(r.ordinal) })) }
        }}
        columns={[
          { title: t(i.library ? 'library.name' : 'needs.title'), render: (r) => (target(r) ? <Link to={target(r)}>{r.title || t('needs.untitled')}</Link> : <span className="muted">{r.text}</span>) },
          { title: t('imports.row'), render: (r) => <Place row={r} /> },
          { title: t('imports.result'), render: (r) => <Chip tone={tones[r.outcome]}>{t(i.library && r.outcome === 'duplicate' ? 'imports.repeats' : `imports.outcome.${r.outcome}`)}</Chip> },
          { title: t('imports.remarks'), render: (r) => <Remarks row={r} /> },
        ]}
      />
    </section>
  )
}

/** Where a row stands: in the sheet above, if there are several. */
function Place({ row: r }: { row: Row }) {
  const { t } = useTranslation()
  return <span className="unbroken">{r.number > 0 ? t('imports.rowAt', { number: r.number }) : r.sheet || r.ordinal}{r.number > 0 && r.sheet && <small className="muted">{r.sheet}</small>}</span>
}

/** Records that say the same as others are not merged by themselves. */
function Alike({ library }: { library: LibraryName }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const count = useLibrary(library)?.pairs ?? 0
  if (count === 0) return null
  return <Alert type="info" showIcon title={t('imports.likePairs', { count })} action={<Button size="small" onClick={() => void navigate(`/library/${library}/pairs`)}>{t('imports.comparePairs')}</Button>} />
}

/** Columns with content that were not imported: nobody should have to find out later. */
function LeftOut({ mapping }: { mapping: Schema['ImportMapping'] }) {
  const { t } = useTranslation()
  const columns = [...mapping.tables, mapping.text].filter((part) => part.layout !== 'none')
    .flatMap((part) => part.columns.filter((c) => (c.target === '' || c.target === 'ignore') && (c.cells ?? 0) > 0).map((c) => ({ ...c, table: part.table })))
  if (columns.length === 0) return null
  return (
    <Alert
      type="warning" showIcon title={t('imports.leftOut', { count: columns.length })}
      description={<ul className="remarks">{columns.map((c) => <li key={`${c.table}/${c.row ?? 0}/${c.col}`}>{t('imports.leftOutColumn', { table: c.table || t('imports.onlyTable'), letter: c.letter, name: c.header || '—', cells: c.cells })}</li>)}</ul>}
    />
  )
}

function Remarks({ row }: { row: Row }) {
  const { t } = useTranslation()
  const all = [...(row.reason ? [row.reason] : []), ...row.issues]
  return <ul className="remarks">{all.map((s, i) => <li key={i}>{s.text}{s.place && <span className="muted"> {placeName(t, s.place)}</span>}</li>)}</ul>
}
