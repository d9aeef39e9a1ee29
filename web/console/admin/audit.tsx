import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { when } from '../format'
import { Choice } from '../ui/field'
import { Search, useFilters } from '../ui/filters'
import { List } from '../ui/list'
import { Admin } from './admin'
import { operations } from './operations'

type Audit = Schema['Audit']

/** What was done, and tried, over the API. */
export default function AuditLog() {
  const { t } = useTranslation()
  const [{ q = '', operation = '', refused = '', from = '', to = '' }, set] = useFilters<'q' | 'operation' | 'refused' | 'from' | 'to'>()
  return (
    <Admin title={t('audit.title')}>
      <p className="muted">{t('audit.lead')}</p>
      <div className="filters more">
        <Search value={q} label={t('audit.search')} set={(v) => set('q', v)} />
        <Choice value={operation} label={t('audit.operation')} none={t('audit.any')} options={operations.map((o) => ({ value: o, label: t(`op.${o}`) }))} choose={(v) => set('operation', v)} />
        <Choice value={refused} label={t('audit.result')} none={t('audit.all')} options={[{ value: 'true', label: t('audit.refused') }]} choose={(v) => set('refused', v)} />
        <label className="muted">{t('needs.from')} <input type="date" className="choice" value={from} onChange={(e) => set('from', e.target.value)} /></label>
        <label className="muted">{t('needs.to')} <input type="date" className="choice" value={to} onChange={(e) => set('to', e.target.value)} /></label>
      </div>
      <List<Audit>
        name={['audit', q, operation, refused, from, to]} label={t('audit.title')} empty={t('audit.none')} open={() => undefined}
        fetch={async (cursor) => data(await api.GET('/audit', {
          params: { query: { ...(q && { q }), ...(operation && { operation }), ...(refused && { refused: true }), ...(from && { from }), ...(to && { to }), ...(cursor && { cursor }) } },
        }))}
        columns={[
          { title: t('audit.at'), render: (a) => <time dateTime={a.at}>{when(a.at)}</time> },
          { title: t('audit.who'), render: (a) => <span title={a.actor}>{a.actor.startsWith('api_key ') ? t('audit.key', { name: a.name }) : a.name}</span> },
          { title: t('audit.operation'), render: (a) => t([`op.${a.operation}`, 'op.other'], { operation: a.operation }) },
          { title: t('audit.object'), render: (a) => <code>{a.object}</code>, only: 'wide' },
          { title: t('audit.result'), render: (a) => a.status < 400 ? t('audit.done') : t('audit.no', { status: a.status }) },
          { title: t('audit.address'), render: (a) => a.address, only: 'wide' },
        ]}
      />
    </Admin>
  )
}
