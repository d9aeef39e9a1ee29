import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { useStats } from '../api/stats'
import { chains } from '../codes'
import { ago, when } from '../format'
import { NeedStatus, Score } from '../ui/chip'
import { Choice } from '../ui/field'
import { Chips, Search, useFilters } from '../ui/filters'
import { List } from '../ui/list'

type Need = Schema['NeedSummary']
type Status = Schema['NeedStatus']

const statuses: Status[] = ['review', 'returned', 'interviewing', 'draft', 'published', 'matching', 'signed', 'solved', 'shelved', 'expired']
const sorts = ['-updated_at', 'updated_at', '-created_at', '-score', 'score'] as const
type Sort = (typeof sorts)[number]

/** Needs lists needs. */
export default function Needs() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [{ status = '', chain = '', q = '', sort = '-updated_at' }, set] = useFilters<'status' | 'chain' | 'q' | 'sort'>()
  const stats = useStats()
  const counts = stats.data?.needs_by_status ?? {}
  const offered = statuses.filter((s) => s === status || (counts[s] ?? 0) > 0 || s === 'review')
  return (
    <div className="sheet">
      <title>{t('nav.needs')}</title>
      <div className="spread">
        <h1>{t('nav.needs')}</h1>
        <div className="filters">
          <Search value={q} label={t('needs.search')} set={(v) => set('q', v)} />
          <Choice value={chain} label={t('needs.chain')} none={t('needs.anyChain')} options={chains.map((c) => ({ value: c, label: c }))} choose={(v) => set('chain', v)} />
          <Choice value={sort} label={t('needs.sort')} options={sorts.map((s) => ({ value: s, label: t(`sort.${s}`) }))} choose={(v) => set('sort', v)} />
        </div>
      </div>
      <Chips
        label={t('needs.status')} value={status} choose={(v) => set('status', v)}
        options={[{ value: '', label: t('all') }, ...offered.map((s) => ({ value: s, label: t(`status.${s}`), count: counts[s] ?? 0 }))]}
      />
      <List<Need>
        name={['needs', status, chain, q, sort]} label={t('nav.needs')} open={(n) => void navigate(`/needs/${n.id}`)}
        empty={t(status || chain || q ? 'needs.noneFound' : 'needs.none')}
        fetch={async (cursor) => data(await api.GET('/needs', {
          params: {
            query: {
              sort: sort as Sort, ...(status && { status: [status as Status] }), ...(chain && { chain }), ...(q && { q }), ...(cursor && { cursor }),
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
