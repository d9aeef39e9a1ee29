import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Spin, Statistic } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data } from '../api/client'

/** Home shows how much there is; each figure leads to its rows. */
export function Home() {
  const { t } = useTranslation()
  const stats = useQuery({ queryKey: ['stats'], queryFn: async () => data(await api.GET('/stats')) })
  if (stats.error) return <Alert type="error" title={stats.error.message} />
  if (!stats.data) return <Spin />
  const s = stats.data
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0)
  const figures = [
    { name: t('home.review'), value: s.needs_by_status.review ?? 0, to: '/needs?status=review' },
    { name: t('home.published'), value: s.needs_by_status.published ?? 0, to: '/needs?status=published' },
    { name: t('home.needs'), value: sum(s.needs_by_status), to: '/needs' },
    { name: t('home.new'), value: s.needs_new_7d, to: '/needs' },
    { name: t('home.score'), value: Math.round(s.needs_mean_score), to: '/needs' },
    { name: t('home.talking'), value: s.conversations_by_status.interviewing ?? 0, to: '/conversations?status=interviewing' },
    { name: t('home.waiting'), value: s.conversations_by_status.handed_over ?? 0, to: '/conversations?status=handed_over' },
    { name: t('nav.achievements'), value: s.achievements, to: '/library/achievements' },
    { name: t('nav.experts'), value: s.experts, to: '/library/experts' },
    { name: t('nav.finance'), value: s.finance_products, to: '/library/finance-products' },
  ]
  const byChain = Object.entries(s.needs_by_chain).sort((a, b) => b[1] - a[1])
  return (
    <>
      <h1>{t('nav.home')}</h1>
      <div className="figures">
        {figures.map((f) => (
          <Link key={f.name} to={f.to}><Card size="small" hoverable><Statistic title={f.name} value={f.value} /></Card></Link>
        ))}
      </div>
      <h2>{t('home.byChain')}</h2>
      <table className="rows">
        <thead><tr><th scope="col">{t('needs.chain')}</th><th scope="col">{t('home.count')}</th></tr></thead>
        <tbody>
          {byChain.map(([chain, count]) => (
            <tr key={chain}>
              <td>{chain ? <Link to={`/needs?chain=${encodeURIComponent(chain)}`}>{chain}</Link> : t('home.noChain')}</td>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
