import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api, data, ifMatch, statusOf } from '../api/client'
import { day } from '../format'
import { AchievementDialog } from '../library/dialogs'
import { useMay } from '../session'
import { Chip } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'
import { Acts } from './acts'
import { Next } from './card'
import { type Act, type Case, openStages } from './stages'
import { Timeline } from './timeline'

/** CasePage is one case: both sides, how far it is, what comes next, and all that happened. */
export default function CasePage() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { id = '' } = useParams()
  const queries = useQueryClient()
  const found = useQuery({ queryKey: ['case', id], queryFn: async () => data(await api.GET('/cases/{id}', { params: { path: { id } } })) })
  const act = useMutation({
    mutationFn: async (body: Act) => data(await api.POST('/cases/{id}/events', {
      params: { path: { id }, header: { 'If-Match': ifMatch(found.data?.summary.version ?? 0) } }, body,
    })),
    onSuccess: (next) => {
      queries.setQueryData(['case', id], next)
      for (const key of [['cases'], ['need', next.summary.need_id], ['needs'], ['events', next.summary.need_id], ['stats']]) void queries.invalidateQueries({ queryKey: key })
    },
    onError: (e) => {
      void message.error(e.message)
      if ([409, 412].includes(statusOf(e) ?? 0)) void found.refetch()
    },
  })
  if (found.isPending) return <div className="sheet"><Waiting rows={10} /></div>
  if (!found.data) return <div className="sheet"><p className="crumbs"><Link to="/cases">{t('nav.cases')}</Link></p><Trouble error={found.error} again={() => void found.refetch()} /></div>
  const s = found.data.summary
  return (
    <div className="sheet case">
      <title>{s.need_title}</title>
      <p className="crumbs"><Link to="/cases">{t('nav.cases')}</Link></p>
      <h1>{s.need_title || t('needs.untitled')} <span aria-hidden>×</span> {s.supply_title || t('cases.hidden')}</h1>
      <Steps of={found.data} />
      <div className="halves">
        <div className="stack">
          <Sides of={found.data} />
          <ActCard of={found.data} act={act} />
        </div>
        <Timeline of={found.data} />
      </div>
    </div>
  )
}

/** How far the case is, and how long it was in each stage. */
function Steps({ of: c }: { of: Case }) {
  const { t } = useTranslation()
  const days = (stage: string) => c.stays.filter((s) => s.stage === stage).reduce((sum, s) => sum + s.days, 0)
  return (
    <ol className="stages" aria-label={t('cases.stage')}>
      {openStages.map((s) => {
        const spent = days(s)
        const current = c.summary.stage === s
        return (
          <li key={s} className={current ? 'now' : spent > 0 ? 'done' : undefined} aria-current={current ? 'step' : undefined}>
            <span>{t(`caseStage.${s}`)}</span>
            <small>{spent > 0 || current ? t('cases.days', { count: Math.round(spent) }) : '—'}</small>
          </li>
        )
      })}
    </ol>
  )
}

function Sides({ of: c }: { of: Case }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const s = c.summary
  const consent = (side: 'need' | 'supply') => {
    const answer = c.consents[side]
    return answer ? <Chip tone={answer === 'agreed' ? 'green' : 'red'}>{t(`consent.${answer}`)}</Chip> : <Chip>{t('consent.open')}</Chip>
  }
  return (
    <section className="card" aria-label={t('cases.sides')}>
      <dl className="facts">
        <div><dt>{t('cases.need')}</dt><dd><Link to={`/needs/${s.need_id}`}>{s.need_title || t('needs.untitled')}</Link><span className="muted">{s.org}</span><span>{consent('need')}</span></dd></div>
        <div><dt>{t(`caseSupply.${s.library}`)}</dt><dd>
          {s.library === 'achievements'
            ? <button type="button" className="link" aria-haspopup="dialog" onClick={() => setOpen(true)}>{s.supply_title || t('cases.hidden')}</button>
            : <Link to={`/library/${s.library}/${s.supply_id}`}>{s.supply_title || t('cases.hidden')}</Link>}
          <span className="muted">{s.owner_org}</span><span>{consent('supply')}</span>
        </dd></div>
        <div><dt>{t('cases.from')}</dt><dd>{c.rank > 0 ? t('cases.ranked', { rank: c.rank }) : t('cases.byHand')}</dd></div>
        {s.contract && <div><dt>{t('cases.contract')}</dt><dd>{s.contract}{c.amount ? <span className="muted">{t('cases.amount', { amount: c.amount })}</span> : null}{c.signed_on && <span className="muted">{day(c.signed_on)}</span>}</dd></div>}
        {c.produced_on && <div><dt>{t('caseEvent.produced')}</dt><dd>{day(c.produced_on)}</dd></div>}
      </dl>
      {open && <AchievementDialog id={s.supply_id} close={() => setOpen(false)} />}
    </section>
  )
}

interface ActProps { of: Case; act: { mutate: (body: Act, o?: { onSuccess: () => void }) => void; isPending: boolean } }

function ActCard({ of: c, act }: ActProps) {
  const { t } = useTranslation()
  const mayEdit = useMay('needs:write')
  const s = c.summary
  return (
    <section className="card" aria-label={t('cases.next')}>
      <h2>{t('cases.next')}</h2>
      <Next of={s} />
      {s.outcome && c.reason && <p className="muted">{t([`rejection.${c.reason}`, `endReason.${c.reason}`], c.reason)}</p>}
      {mayEdit && <Acts of={c} busy={act.isPending} act={(body, done) => act.mutate(body, { onSuccess: done })} />}
    </section>
  )
}
