import { Descriptions, Input, Select, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Navigate, useParams, useSearchParams } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { List } from './list'
import { chains } from './needs'

interface Filters { q?: string; chain?: string }

/** Library lists what needs are matched with. */
export function Library() {
  const { t } = useTranslation()
  const { kind } = useParams()
  const [params, setParams] = useSearchParams()
  const q = params.get('q') ?? ''
  const chain = params.get('chain')
  const set = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(params)
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next, { replace: true })
  }
  const filters: Filters = { ...(q && { q }), ...(chain && { chain }) }
  const titles: Record<string, string> = { achievements: t('nav.achievements'), experts: t('nav.experts'), 'finance-products': t('nav.finance') }
  if (!kind || !(kind in titles)) return <Navigate to="/" replace />
  return (
    <>
      <div className="spread">
        <h1>{titles[kind]}</h1>
        <div className="spread">
          <Input.Search
            key={kind} allowClear defaultValue={q} placeholder={t('library.search')} aria-label={t('library.search')} style={{ width: 240 }}
            onSearch={(v) => set('q', v.trim() || undefined)}
          />
          {kind !== 'finance-products' && (
            <Select
              allowClear placeholder={t('needs.chain')} aria-label={t('needs.chain')} value={chain} style={{ width: 140 }}
              options={chains.map((c) => ({ value: c, label: c }))} onChange={(v?: string) => set('chain', v)}
            />
          )}
        </div>
      </div>
      {kind === 'achievements' && <Achievements {...filters} />}
      {kind === 'experts' && <Experts {...filters} />}
      {kind === 'finance-products' && <Finance {...filters} />}
    </>
  )
}

function Achievements(filters: Filters) {
  const { t } = useTranslation()
  return (
    <List<Schema['AchievementSummary']>
      name={['achievements', filters]} rowKey="id"
      fetch={async (cursor) => data(await api.GET('/achievements', { params: { query: { ...filters, ...(cursor && { cursor }) } } }))}
      expand={(a) => <><p>{a.summary}</p><p>{a.indicators}</p><Words list={a.keywords} /></>}
      columns={[
        { title: t('library.code'), dataIndex: 'code' },
        { title: t('library.name'), dataIndex: 'title' },
        { title: t('needs.chain'), dataIndex: 'chain' },
        { title: t('library.stage'), dataIndex: 'stage', render: (v: string, a) => (a.trl ? `${v}（TRL ${a.trl}）` : v) },
        { title: t('library.owner'), dataIndex: 'owner_org' },
      ]}
    />
  )
}

function Experts(filters: Filters) {
  const { t } = useTranslation()
  return (
    <List<Schema['Expert']>
      name={['experts', filters]} rowKey="id"
      fetch={async (cursor) => data(await api.GET('/experts', { params: { query: { ...filters, ...(cursor && { cursor }) } } }))}
      expand={(e) => <><p>{e.summary}</p><Detail of={e.detail} /><Words list={e.keywords} /></>}
      columns={[
        { title: t('library.person'), dataIndex: 'name' },
        { title: t('library.rank'), dataIndex: 'title' },
        { title: t('library.owner'), dataIndex: 'org' },
        { title: t('needs.chain'), dataIndex: 'chain' },
      ]}
    />
  )
}

function Finance({ q }: Filters) {
  const { t } = useTranslation()
  return (
    <List<Schema['FinanceProduct']>
      name={['finance-products', q]} rowKey="id"
      fetch={async (cursor) => data(await api.GET('/finance-products', { params: { query: { ...(q && { q }), ...(cursor && { cursor }) } } }))}
      expand={(f) => <><p>{f.summary}</p><Detail of={f.detail} /></>}
      columns={[
        { title: t('library.name'), dataIndex: 'name' },
        { title: t('library.kind'), dataIndex: 'kind' },
        { title: t('library.funder'), dataIndex: 'org' },
      ]}
    />
  )
}

function Words({ list }: { list: string[] }) {
  return <>{list.map((w) => <Tag key={w}>{w}</Tag>)}</>
}

/** What else the library knows, by the names of its import. */
function Detail({ of }: { of: Record<string, unknown> }) {
  const { t } = useTranslation()
  const entries = Object.entries(of).filter(([, v]) => v !== '' && v !== 0 && !(Array.isArray(v) && v.length === 0))
  return (
    <Descriptions
      size="small" column={{ xs: 1, md: 2 }}
      items={entries.map(([key, v]) => ({ key, label: t(`detail.${key}`, key), children: plain(v) }))}
    />
  )
}

function plain(v: unknown): string {
  if (Array.isArray(v)) return v.map(plain).join('；')
  if (v && typeof v === 'object') return Object.values(v).map(plain).join('，')
  return String(v)
}
