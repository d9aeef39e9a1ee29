import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { useStats } from '../api/stats'
import { ago } from '../format'
import { Reminders } from '../libraries/reminders'
import { Score } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'

/** Home shows what waits for a person first, then how much there is. */
export default function Home() {
  const { t } = useTranslation()
  return (
    <div className="sheet">
      <title>{t('nav.home')}</title>
      <h1>{t('nav.home')}</h1>
      <Figures />
      <div className="halves">
        <ToReview />
        <div className="stack"><Waits /><Reminders /></div>
      </div>
      <Chains />
    </div>
  )
}

function Figures() {
  const { t } = useTranslation()
  const stats = useStats()
  if (stats.isPending) return <Waiting rows={3} />
  if (!stats.data) return <Trouble error={stats.error} again={() => void stats.refetch()} />
  const s = stats.data
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0)
  const figures = [
    { name: t('home.needs'), value: sum(s.needs_by_status), to: '/needs' },
    { name: t('home.new'), value: s.needs_new_7d, to: '/needs?sort=-created_at' },
    { name: t('home.published'), value: s.needs_by_status['published'] ?? 0, to: '/needs?status=published' },
    { name: t('home.score'), value: Math.round(s.needs_mean_score), to: '/needs?sort=score' },
    { name: t('home.talking'), value: s.conversations_by_status['interviewing'] ?? 0, to: '/conversations?status=interviewing' },
    { name: t('nav.achievements'), value: s.achievements, to: '/library/achievements' },
    { name: t('nav.experts'), value: s.experts, to: '/library/experts' },
    { name: t('nav.finance'), value: s.finance_products, to: '/library/finance-products' },
  ]
  return (
    <div className="figures">
      {figures.map((f) => <Link key={f.name} to={f.to} className="card"><span>{f.name}</span><b>{f.value}</b></Link>)}
    </div>
  )
}

function Chains() {
  const { t } = useTranslation()
  const sorted = Object.entries(useStats().data?.needs_by_chain ?? {}).sort((a, b) => b[1] - a[1])
  const most = sorted[0]?.[1] ?? 1
  if (sorted.length === 0) return null
  return (
    <section className="card">
      <h2>{t('home.byChain')}</h2>
      <ul className="bars">
        {sorted.map(([chain, count]) => (
          <li key={chain}>
            {chain ? <Link to={`/needs?chain=${encodeURIComponent(chain)}`}>{chain}</Link> : <span>{t('home.noChain')}</span>}
            <meter min={0} max={most} value={count} aria-hidden /> <b>{count}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Contacts whom a person answers, those first who wait for an answer. */
function Waits() {
  const { t } = useTranslation()
  const list = useQuery({
    queryKey: ['conversations', 'home'],
    queryFn: async () => data(await api.GET('/conversations', { params: { query: { owner: 'broker', limit: 6 } } })),
  })
  return (
    <section className="card">
      <h2>{t('home.waiting')}</h2>
      {list.isPending ? <Waiting rows={3} /> : !list.data ? <Trouble error={list.error} again={() => void list.refetch()} />
        : list.data.items.length === 0 ? <p className="muted">{t('home.noneWaiting')}</p>
          : <ul className="tasks">{list.data.items.map((c) => <Waiter key={c.id} of={c} />)}</ul>}
    </section>
  )
}

function Waiter({ of: c }: { of: Schema['Conversation'] }) {
  const { t } = useTranslation()
  return (
    <li>
      <Link to={`/conversations/${c.id}`}>{c.org || c.contact_name || t('conversations.unnamed')}</Link>
      <span className="muted">{c.last_message ? ago(c.last_message.at) : ''}</span>
      {c.last_message && <p className="muted one-line">{t(`who.${c.last_message.from}`)}：{c.last_message.text}</p>}
    </li>
  )
}

/** Needs that wait for review, the longest first. */
function ToReview() {
  const { t } = useTranslation()
  const list = useQuery({
    queryKey: ['needs', 'home'],
    queryFn: async () => data(await api.GET('/needs', { params: { query: { status: ['review'], sort: 'updated_at', limit: 6 } } })),
  })
  return (
    <section className="card">
      <h2>{t('home.review')} <Link to="/needs?status=review">{t('home.all')}</Link></h2>
      {list.isPending ? <Waiting rows={3} /> : !list.data ? <Trouble error={list.error} again={() => void list.refetch()} />
        : list.data.items.length === 0 ? <p className="muted">{t('home.noneToReview')}</p>
          : (
              <ul className="tasks">
                {list.data.items.map((n) => (
                  <li key={n.id}>
                    <Link to={`/needs/${n.id}`}>{n.title || t('needs.untitled')}</Link>
                    <Score value={n.score} />
                    <p className="muted one-line">{[n.org, n.chain, ago(n.updated_at)].filter(Boolean).join(' · ')}</p>
                  </li>
                ))}
              </ul>
            )}
    </section>
  )
}
