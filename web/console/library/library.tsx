import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useParams } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { chains, region } from '../codes'
import { Choice } from '../ui/field'
import { Search, useFilters } from '../ui/filters'
import { List } from '../ui/list'
import { AchievementDialog, ExpertDialog, ProductDialog } from './dialogs'

interface Filters { q?: string; chain?: string }

/** Library lists what needs are matched with. */
export default function Library() {
  const { t } = useTranslation()
  const { kind } = useParams()
  const [{ q = '', chain = '' }, set] = useFilters<'q' | 'chain'>()
  const filters: Filters = { ...(q && { q }), ...(chain && { chain }) }
  const titles: Record<string, string> = { achievements: t('nav.achievements'), experts: t('nav.experts'), 'finance-products': t('nav.finance') }
  const title = titles[kind ?? '']
  if (!title) return <Navigate to="/" replace />
  return (
    <div className="sheet">
      <title>{title}</title>
      <div className="spread">
        <h1>{title}</h1>
        <div className="filters">
          <Search value={q} label={t('library.search')} set={(v) => set('q', v)} />
          {kind !== 'finance-products' && (
            <Choice value={chain} label={t('needs.chain')} none={t('needs.anyChain')} options={chains.map((c) => ({ value: c, label: c }))} choose={(v) => set('chain', v)} />
          )}
        </div>
      </div>
      {kind === 'achievements' && <Achievements {...filters} />}
      {kind === 'experts' && <Experts {...filters} />}
      {kind === 'finance-products' && <Products {...filters} />}
    </div>
  )
}

/** The name of a row, which opens what else is known. */
function Name({ text, open }: { text: string; open: () => void }) {
  return <button type="button" className="link" aria-haspopup="dialog" onClick={open}>{text}</button>
}

function Achievements(filters: Filters) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string>()
  return (
    <>
      <List<Schema['AchievementSummary']>
        name={['achievements', filters]} label={t('nav.achievements')} open={(a) => setOpen(a.id)} empty={t('library.none')}
        fetch={async (cursor) => data(await api.GET('/achievements', { params: { query: { ...filters, ...(cursor && { cursor }) } } }))}
        columns={[
          { title: t('library.name'), render: (a) => <><Name text={a.title} open={() => setOpen(a.id)} /><small className="muted">{a.code}</small></> },
          { title: t('library.indicators'), render: (a) => <span className="two-lines">{a.indicators}</span>, only: 'wide' },
          { title: t('needs.chain'), render: (a) => a.chain },
          { title: t('library.stage'), render: (a) => t(`stage.${a.stage}`, a.stage) },
          { title: t('library.owner'), render: (a) => [a.owner_org, region(a.region)].filter(Boolean).join(' · ') },
        ]}
      />
      {open && <AchievementDialog id={open} close={() => setOpen(undefined)} />}
    </>
  )
}

function Experts(filters: Filters) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Schema['Expert']>()
  return (
    <>
      <List<Schema['Expert']>
        name={['experts', filters]} label={t('nav.experts')} open={setOpen} empty={t('library.none')}
        fetch={async (cursor) => data(await api.GET('/experts', { params: { query: { ...filters, ...(cursor && { cursor }) } } }))}
        columns={[
          { title: t('library.person'), render: (e) => <><Name text={e.name} open={() => setOpen(e)} /><small className="muted">{e.title}</small></> },
          { title: t('library.skills'), render: (e) => e.keywords.join('、') },
          { title: t('needs.chain'), render: (e) => e.chain },
          { title: t('library.owner'), render: (e) => [e.org, region(e.region)].filter(Boolean).join(' · ') },
        ]}
      />
      {open && <ExpertDialog of={open} close={() => setOpen(undefined)} />}
    </>
  )
}

function Products({ q }: Filters) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Schema['FinanceProduct']>()
  return (
    <>
      <List<Schema['FinanceProduct']>
        name={['finance-products', q]} label={t('nav.finance')} open={setOpen} empty={t('library.none')}
        fetch={async (cursor) => data(await api.GET('/finance-products', { params: { query: { ...(q && { q }), ...(cursor && { cursor }) } } }))}
        columns={[
          { title: t('library.name'), render: (f) => <Name text={f.name} open={() => setOpen(f)} /> },
          { title: t('library.kind'), render: (f) => f.kind },
          { title: t('library.summary'), render: (f) => <span className="two-lines">{f.summary}</span>, only: 'wide' },
          { title: t('library.funder'), render: (f) => f.org },
        ]}
      />
      {open && <ProductDialog of={open} close={() => setOpen(undefined)} />}
    </>
  )
}
