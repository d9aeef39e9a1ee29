import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useParams } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { when } from '../format'
import { useMay } from '../session'
import { Trouble, Waiting } from '../ui/trouble'
import { State } from './imports'
import { Mapping } from './mapping'
import { Report } from './report'

type Import = Schema['Import']

/** One file: what its columns mean, how far it is, and what came of each row. */
export default function ImportPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const told = useLocation().state as { duplicate?: boolean } | null
  const found = useQuery({
    queryKey: ['import', id],
    queryFn: async () => data(await api.GET('/imports/{id}', { params: { path: { id } } })),
    // The stream tells of each page of rows; this is for the time that it is away.
    refetchInterval: (q) => (q.state.data?.state === 'reading' || q.state.data?.state === 'running' ? 2_000 : false),
  })
  if (found.isPending) return <div className="sheet"><Waiting rows={8} /></div>
  if (!found.data) return <div className="sheet"><p><Link to="/imports">{t('imports.back')}</Link></p><Trouble error={found.error} again={() => void found.refetch()} /></div>
  const i = found.data
  return (
    <div className="sheet">
      <title>{i.name}</title>
      <p className="muted"><Link to={i.library ? `/library/${i.library}/import` : '/imports'}>{i.library ? t('lib.importTitle', { name: t(`lib.name.${i.library}`) }) : t('nav.imports')}</Link> /</p>
      <div className="spread">
        <div><h1>{i.name} <State state={i.state} /></h1><small className="muted">{t('imports.started', { at: when(i.created_at) })}</small></div>
        <Steps of={i} />
      </div>
      {found.error && <Trouble error={found.error} again={() => void found.refetch()} />}
      {told?.duplicate && <Alert type="info" showIcon title={t('imports.duplicate')} description={i.state === 'done' && t(i.library ? 'imports.againLeadRecords' : 'imports.againLead')} />}
      {i.problem && <Alert type="error" role="alert" showIcon title={i.problem.text} />}
      {i.state === 'reading' && <Waiting rows={6} />}
      {(i.state === 'running' || i.done > 0) && <Tally of={i} />}
      {i.mapping && i.done === 0 && i.state !== 'running' && <Mapping of={i} mapping={i.mapping} />}
      {i.done > 0 && <Report of={i} />}
    </div>
  )
}

/** What can be done with the import now. */
function Steps({ of: i }: { of: Import }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const may = useMay('needs:write')
  const path = { params: { path: { id: i.id } } }
  const lead = t(i.library ? 'imports.againLeadRecords' : 'imports.againLead')
  const onSuccess = (next: Import) => {
    queries.setQueryData(['import', i.id], next)
    void queries.invalidateQueries({ queryKey: ['imports'] })
    if (next.library) void queries.invalidateQueries({ queryKey: ['entries', next.library] })
  }
  const onError = (e: Error) => void message.error(e.message)
  const run = useMutation({ mutationFn: async () => data(await api.POST('/imports/{id}/run', path)), onSuccess, onError })
  const again = useMutation({ mutationFn: async () => data(await api.POST('/imports/{id}/again', path)), onSuccess: (next) => { onSuccess(next); void message.info(lead, 8) }, onError })
  const cancel = useMutation({ mutationFn: async () => data(await api.POST('/imports/{id}/cancel', path)), onSuccess, onError })
  const over = i.state === 'done' || i.state === 'cancelled' && i.done > 0
  const startable = i.state === 'ready' || i.state === 'cancelled' && i.mapping !== undefined
  return (
    <div className="filters">
      {i.done > 0 && <a href={`/api/v1/imports/${i.id}/report`} download>{t('imports.export')}</a>}
      {may && (i.state === 'reading' || i.state === 'running') && <Button onClick={() => cancel.mutate()} loading={cancel.isPending}>{t('imports.cancel')}</Button>}
      {may && over && <Button onClick={() => again.mutate()} loading={again.isPending} title={lead}>{t('imports.again')}</Button>}
      {may && startable && <Button type="primary" onClick={() => run.mutate()} loading={run.isPending}>{t(i.done > 0 ? 'imports.goOn' : 'imports.run')}</Button>}
    </div>
  )
}

/** How far it is, and how many rows came to what. */
function Tally({ of: i }: { of: Import }) {
  const { t } = useTranslation()
  const ran = i.library || i.updated + i.unchanged > 0 // needs have these where an import ran again
  const counts = [i.library ? ['added', i.added] as const : ['need', i.needs] as const, ...(ran ? [['updated', i.updated], ['unchanged', i.unchanged]] as const : []), ['duplicate', i.duplicates], ['skipped', i.skipped], ['failed', i.failed]] as const
  return (
    <section className="tally" aria-label={t('imports.progress')}>
      <Progress
        percent={i.total ? Math.floor((100 * i.done) / i.total) : 0} status={i.state === 'running' ? 'active' : 'normal'}
        aria-label={t('imports.progress')} format={() => `${i.done} / ${i.total}`}
      />
      <p>{counts.map(([outcome, n]) => <span key={outcome}>{t(i.library && outcome === 'duplicate' ? 'imports.repeats' : `imports.outcome.${outcome}`)} <b>{n}</b></span>)}</p>
    </section>
  )
}
