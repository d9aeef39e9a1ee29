import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useNavigate, useParams } from 'react-router'
import { api, data } from '../api/client'
import { chains, cityCodes, region } from '../codes'
import { day } from '../format'
import { useMay } from '../session'
import { Chip } from '../ui/chip'
import { Choice } from '../ui/field'
import { Chips, Search, useFilters } from '../ui/filters'
import { List } from '../ui/list'
import { Edit } from './edit'
import { type Entry, isLibrary, type LibraryName, names, useLabel, useLibraries, useLibrary } from './libraries'

type Filter = 'q' | 'chain' | 'region' | 'stage' | 'kind' | 'state'

/** One library: what is in it, and the ways in and out. */
export default function LibraryPage() {
  const { library } = useParams()
  if (!isLibrary(library)) return <Navigate to="/library/achievements" replace />
  return <Shelf key={library} library={library} />
}

/** The way from one library to another. */
export function Tabs({ library }: { library: LibraryName }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const all = useLibraries().data?.items
  return (
    <Chips
      label={t('nav.libraries')} value={library} choose={(v) => void navigate(`/library/${v}`)}
      options={names.map((n) => ({ value: n, label: t(`lib.name.${n}`), count: all?.find((l) => l.library === n)?.active }))}
    />
  )
}

function Shelf({ library }: { library: LibraryName }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay('library:write')
  const own = useLibrary(library)
  const [adding, setAdding] = useState(false)
  const [filters, set] = useFilters<Filter>()
  const { q = '', state = '' } = filters
  const query = Object.fromEntries(Object.entries(filters).filter(([, v]) => v))
  return (
    <div className="sheet">
      <title>{t(`lib.name.${library}`)}</title>
      <div className="spread">
        <h1>{t(`lib.name.${library}`)}</h1>
        <div className="filters">
          {own !== undefined && own.pairs > 0 && <Link to={`/library/${library}/pairs`}>{t('lib.pairs', { count: own.pairs })}</Link>}
          <Export library={library} />
          {may && <Button onClick={() => void navigate(`/library/${library}/import`)}>{t('lib.import')}</Button>}
          {may && own && <Button type="primary" onClick={() => setAdding(true)}>{t('lib.add')}</Button>}
        </div>
      </div>
      <Tabs library={library} />
      <div className="filters shelf-filters">
        <Search value={q} label={t('lib.search')} set={(v) => set('q', v)} />
        <Narrow library={library} filters={filters} set={set} />
        <Choice
          value={state} label={t('lib.stateTitle')} none={t('lib.state.active')} choose={(v) => set('state', v)}
          options={[{ value: 'stale', label: t('lib.staleCount', { count: own?.stale ?? 0 }) }, { value: 'archived', label: t('lib.state.archived') }]}
        />
      </div>
      <Entries library={library} query={query} />
      {adding && own && (
        <Edit library={library} fields={own.fields} close={() => setAdding(false)} done={(e) => void navigate(`/library/${library}/${e.id}`)} />
      )}
    </div>
  )
}

function Narrow({ library, filters, set }: { library: LibraryName; filters: Partial<Record<Filter, string>>; set: (name: Filter, value: string) => void }) {
  const { t } = useTranslation()
  const label = useLabel(library)
  const fields = useLibrary(library)?.fields
  const words = (key: string) => fields?.find((f) => f.key === key)?.words ?? []
  const kinds = [...words('kind'), ...words('kinds')]
  const option = (v: string) => ({ value: v, label: v })
  return (
    <>
      <Choice value={filters.chain ?? ''} label={t('needs.chain')} none={t('needs.anyChain')} options={chains.map(option)} choose={(v) => set('chain', v)} />
      <Choice value={filters.region ?? ''} label={label('region')} none={t('lib.anyRegion')} options={cityCodes.map((c) => ({ value: c, label: region(c) }))} choose={(v) => set('region', v)} />
      {library === 'achievements' && (
        <Choice value={filters.stage ?? ''} label={label('stage')} none={t('lib.anyStage')} options={words('stage').map((v) => ({ value: v, label: t(`stage.${v}`, v) }))} choose={(v) => set('stage', v)} />
      )}
      {kinds.length > 0 && <Choice value={filters.kind ?? ''} label={label('kind')} none={t('lib.anyKind')} options={kinds.map(option)} choose={(v) => set('kind', v)} />}
    </>
  )
}

/** Files of the own records; the browser saves what the service sends. */
function Export({ library }: { library: LibraryName }) {
  const { t } = useTranslation()
  return (
    <span className="exports">
      <span className="muted">{t('lib.export')}</span>
      {(['xlsx', 'csv', 'jsonl'] as const).map((format) => (
        <a key={format} href={`/api/v1/libraries/${library}/export?format=${format}`} download aria-label={t('lib.exportAs', { format })}>{format.toUpperCase()}</a>
      ))}
    </span>
  )
}

function Entries({ library, query }: { library: LibraryName; query: Record<string, string> }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const label = useLabel(library)
  const text = (e: Entry, key: string) => {
    const v = e.values[key]
    return Array.isArray(v) ? v.filter((x) => typeof x === 'string').join('、') : typeof v === 'string' ? v : ''
  }
  const where = (e: Entry) => [text(e, 'owner_org') || text(e, 'org'), region(text(e, 'region'))].filter(Boolean).join(' · ')
  const second = { achievements: 'stage', experts: 'title', providers: 'kinds', 'finance-products': 'kind', organisations: 'kind' }[library]
  return (
    <List<Entry>
      name={['entries', library, query]} label={t(`lib.name.${library}`)} empty={t('lib.none')} open={(e) => void navigate(`/library/${library}/${e.id}`)}
      fetch={async (cursor) => data(await api.GET('/libraries/{library}/entries', { params: { path: { library }, query: { ...query, ...(cursor && { cursor }) } } }))}
      columns={[
        { title: label(library === 'achievements' ? 'title' : 'name'), render: (e) => <><Link to={`/library/${library}/${e.id}`}>{e.name}</Link> <Flags of={e} /><small className="muted">{e.made_code ? '' : e.code}</small></> },
        { title: label('summary'), render: (e) => <span className="two-lines">{text(e, 'summary') || text(e, 'keywords')}</span>, only: 'wide' },
        { title: label(second), render: (e) => (library === 'achievements' ? t(`stage.${text(e, second)}`, text(e, second)) : text(e, second)) },
        { title: label('chain'), render: (e) => <span className="unbroken">{text(e, 'chain') || text(e, 'chains')}</span> },
        { title: t('library.owner'), render: where },
        { title: t('lib.confirmed'), render: (e) => <time dateTime={e.confirmed_at}>{day(e.confirmed_at)}</time>, only: 'wide' },
      ]}
    />
  )
}

/** What somebody should know of a record at a glance. */
export function Flags({ of: e }: { of: Entry }) {
  const { t } = useTranslation()
  return (
    <>
      {e.archived_at !== undefined && <Chip>{t(e.merged_into ? 'lib.merged' : 'lib.state.archived')}</Chip>}
      {e.stale && <Chip tone="amber">{t('lib.state.stale')}</Chip>}
      {!e.editable && <Chip tone="blue">{t('lib.fromAbove')}</Chip>}
      {e.ripeness && <Chip tone="green">{t(`lib.ripe.${e.ripeness}`)}</Chip>}
    </>
  )
}
