import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { useStats } from '../api/stats'
import { chains, codes } from '../codes'
import { ago, when } from '../format'
import { lang } from '../i18n'
import { NeedStatus, Score } from '../ui/chip'
import { Choice } from '../ui/field'
import { Chips, Search, useFilters } from '../ui/filters'
import { List } from '../ui/list'

type Need = Schema['NeedSummary']
type Status = Schema['NeedStatus']

const statuses: Status[] = ['review', 'returned', 'interviewing', 'draft', 'published', 'matching', 'signed', 'solved', 'shelved', 'expired', 'merged', 'superseded']
const sorts = ['-updated_at', 'updated_at', '-created_at', '-score', 'score'] as const
type Sort = (typeof sorts)[number]
type Filter = 'status' | 'chain' | 'region' | 'type' | 'centre' | 'from' | 'to' | 'q' | 'sort'

const plain = (list: string[] = []) => list.map((value) => ({ value, label: value }))

/** Needs lists needs. */
export default function Needs() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [{ status = '', chain = '', region = '', type = '', centre = '', from = '', to = '', q = '', sort = '-updated_at' }, set] = useFilters<Filter>()
  const centres = useQuery({ queryKey: ['centres'], queryFn: async () => data(await api.GET('/centres')), staleTime: Infinity })
  const stats = useStats()
  const counts = stats.data?.needs_by_status ?? {}
  const places = (centres.data?.items ?? []).map((c) => ({ value: c.path, label: lang() === 'en' ? c.name_en || c.name_zh : c.name_zh }))
  const filtered = Boolean(status || chain || region || type || centre || from || to || q)
  const offered = statuses.filter((s) => s === status || (counts[s] ?? 0) > 0 || s === 'review')
  return (
    <div className="sheet">
      <title>{t('nav.needs')}</title>
      <div className="spread">
        <h1>{t('nav.needs')} <Link className="aside" to="/need-pairs">{t('needs.pairs')}</Link></h1>
        <div className="filters">
          <Search value={q} label={t('needs.search')} set={(v) => set('q', v)} />
          <Choice value={chain} label={t('needs.chain')} none={t('needs.anyChain')} options={chains.map((c) => ({ value: c, label: c }))} choose={(v) => set('chain', v)} />
          <Choice value={sort} label={t('needs.sort')} options={sorts.map((s) => ({ value: s, label: t(`sort.${s}`) }))} choose={(v) => set('sort', v)} />
        </div>
      </div>
      <div className="filters more">
        <Choice value={type} label={t('needs.type')} none={t('needs.anyType')} options={plain(codes['need_type'])} choose={(v) => set('type', v)} />
        <Choice value={region} label={t('needs.region')} none={t('needs.anyRegion')} options={plain(codes['region'])} choose={(v) => set('region', v)} />
        {places.length > 1 && <Choice value={centre} label={t('needs.centre')} none={t('needs.anyCentre')} options={places} choose={(v) => set('centre', v)} />}
        <label className="muted">{t('needs.from')} <input type="date" className="choice" value={from} onChange={(e) => set('from', e.target.value)} /></label>
        <label className="muted">{t('needs.to')} <input type="date" className="choice" value={to} onChange={(e) => set('to', e.target.value)} /></label>
      </div>
      <Chips
        label={t('needs.status')} value={status} choose={(v) => set('status', v)}
        options={[{ value: '', label: t('all') }, ...offered.map((s) => ({ value: s, label: t(`status.${s}`), count: counts[s] ?? 0 }))]}
      />
      <List<Need>
        name={['needs', status, chain, region, type, centre, from, to, q, sort]} label={t('nav.needs')} open={(n) => void navigate(`/needs/${n.id}`)}
        empty={t(filtered ? 'needs.noneFound' : 'needs.none')}
        fetch={async (cursor) => data(await api.GET('/needs', {
          params: {
            query: {
              sort: sort as Sort, ...(status && { status: [status as Status] }), ...(chain && { chain }), ...(region && { region }), ...(type && { type }),
              ...(centre && { centre }), ...(from && { from }), ...(to && { to }), ...(q && { q }), ...(cursor && { cursor }),
            },
          },
        }))}
        columns={[
          { title: t('needs.title'), render: (n) => <Link to={`/needs/${n.id}`}>{n.title || t('needs.untitled')}</Link> },
          { title: t('needs.org'), render: (n) => n.org },
          { title: t('needs.chain'), render: (n) => n.chain || '—' },
          { title: t('needs.status'), render: (n) => <NeedStatus status={n.status} /> },
          { title: t('needs.score'), render: (n) => <Score value={n.score} /> },
          { title: t('needs.updated'), render: (n) => <time dateTime={n.updated_at} title={when(n.updated_at)}>{ago(n.updated_at)}</time> },
        ]}
      />
    </div>
  )
}
