import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, data } from '../api/client'
import { ago, when } from '../format'
import { useNarrow } from '../theme'
import { Chip } from '../ui/chip'
import { Chips, Search, useFilters } from '../ui/filters'
import { List } from '../ui/list'
import { Board } from './board'
import { Next } from './card'
import { type CaseSummary, openStages, type Stage } from './stages'

/** Cases shows on what brokers work: a board by stages, or a list where there is no room for one or something is looked for. */
export default function Cases() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const [{ stage = '', q = '', late = '', view = '' }, set] = useFilters<'stage' | 'q' | 'late' | 'view'>()
  const counts = useQuery({ queryKey: ['cases', 'counts'], queryFn: async () => data(await api.GET('/case-counts')) })
  const by = counts.data?.by_stage ?? {}
  const listed = narrow || view === 'list' || stage !== '' || q !== '' || late !== ''
  return (
    <div className={listed ? 'sheet' : 'sheet broad'}>
      <title>{t('nav.cases')}</title>
      <div className="spread">
        <h1>{t('nav.cases')}</h1>
        <div className="filters">
          <Search value={q} label={t('cases.search')} set={(v) => set('q', v)} />
          {!narrow && <button type="button" className="quiet" onClick={() => set('view', view === 'list' ? '' : 'list')}>{t(view === 'list' ? 'cases.asBoard' : 'cases.asList')}</button>}
        </div>
      </div>
      <Chips
        label={t('cases.stage')} value={late ? 'late' : stage}
        choose={(v) => { set('late', ''); set('stage', ''); set(v === 'late' ? 'late' : 'stage', v === 'late' ? '1' : v) }}
        options={[
          { value: '', label: t('all') }, { value: 'late', label: t('cases.overdue'), count: counts.data?.overdue },
          ...[...openStages, 'closed' as const].map((s) => ({ value: s, label: t(`caseStage.${s}`), count: by[s] })),
        ]}
      />
      {listed ? <CaseList stage={stage as Stage | ''} q={q} late={late !== ''} /> : <Board counts={by} />}
    </div>
  )
}

function CaseList({ stage, q, late }: { stage: Stage | ''; q: string; late: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <List<CaseSummary>
      name={['cases', 'list', stage, q, late]} label={t('nav.cases')} open={(c) => void navigate(`/cases/${c.id}`)}
      empty={t(stage || q || late ? 'cases.noneFound' : 'cases.none')}
      fetch={async (cursor) => data(await api.GET('/cases', {
        params: { query: { ...(stage && { stage }), ...(q && { q }), ...(late && { overdue: true }), ...(cursor && { cursor }) } },
      }))}
      columns={[
        { title: t('cases.need'), render: (c) => <><Link to={`/cases/${c.id}`}>{c.need_title || t('needs.untitled')}</Link><small className="muted">{c.org}</small></> },
        { title: t('cases.supply'), render: (c) => <>{c.library !== 'achievements' && <Chip>{t(`caseSupply.${c.library}`)}</Chip>} {c.supply_title || t('cases.hidden')}<small className="muted">{c.owner_org}</small></> },
        { title: t('cases.stage'), render: (c) => <Chip tone="blue">{t(`caseStage.${c.stage}`)}</Chip> },
        { title: t('cases.next'), render: (c) => <Next of={c} /> },
        { title: t('needs.updated'), render: (c) => <time dateTime={c.updated_at} title={when(c.updated_at)}>{ago(c.updated_at)}</time> },
      ]}
    />
  )
}
