import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useNavigate, useParams } from 'react-router'
import { api, data } from '../api/client'
import { ToNeed } from '../cases/to-need'
import { day, when } from '../format'
import { NeedsFor } from '../library/needs-for'
import { useMay } from '../session'
import { Chip, NeedStatus } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'
import { Archive } from './archive'
import { Checklist } from './checklist'
import { Edit } from './edit'
import { History } from './history'
import { type Entry, isLibrary, type LibraryName, lines, useLabel, useLibraries, useLibrary } from './libraries'
import { Flags } from './list'
import { type Rule, said } from './rules'

/** One record: what it says, what it lacks, and what was done to it. */
export default function EntryPage() {
  const { library, id = '' } = useParams()
  if (!isLibrary(library)) return <Navigate to="/library/achievements" replace />
  return <Record key={id} library={library} id={id} />
}

function Record({ library, id }: { library: LibraryName; id: string }) {
  const { t } = useTranslation()
  const libraries = useLibraries()
  const found = useQuery({
    queryKey: ['entry', library, id],
    queryFn: async () => data(await api.GET('/libraries/{library}/entries/{id}', { params: { path: { library, id } } })),
  })
  const mayIntroduce = useMay('needs:write')
  const back = <p className="muted"><Link to={`/library/${library}`}>{t(`lib.name.${library}`)}</Link> /</p>
  if (found.isPending || libraries.isPending) return <div className="sheet"><Waiting rows={8} /></div>
  if (!libraries.data) return <div className="sheet">{back}<Trouble error={libraries.error} again={() => void libraries.refetch()} /></div>
  if (!found.data) return <div className="sheet">{back}<Trouble error={found.error} again={() => void found.refetch()} /></div>
  const e = found.data
  return (
    <div className="sheet">
      <title>{e.name}</title>
      {back}
      <div className="spread">
        <h1>{e.name} <Flags of={e} /></h1>
        <div className="buttons">
          {mayIntroduce && library !== 'organisations' && !e.archived_at && <ToNeed library={library} supply={id} />}
          <Actions of={e} />
        </div>
      </div>
      <Banners of={e} />
      <div className="record-page">
        <div className="stack">
          <section className="card" aria-label={t('lib.content')}><Facts of={e} /></section>
          <History of={e} />
        </div>
        <div className="stack">
          {e.missing.length > 0 && <Missing of={e} />}
          {library === 'achievements' && <Checklist of={e} />}
          {library === 'achievements' && <For id={e.id} />}
          {library === 'organisations' && <OfOrganisation id={e.id} />}
        </div>
      </div>
    </div>
  )
}

function Actions({ of: e }: { of: Entry }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const may = useMay('library:write') && e.editable
  const own = useLibrary(e.library)
  const [open, setOpen] = useState<'edit' | 'archive'>()
  const path = { params: { path: { library: e.library, id: e.id } } }
  const put = (next: Entry) => {
    queries.setQueryData(['entry', e.library, e.id], next)
    for (const key of [['entry-history', e.id], ['entries', e.library], ['libraries']]) void queries.invalidateQueries({ queryKey: key })
    setOpen(undefined)
  }
  const onError = (error: Error) => void message.error(error.message)
  const confirm = useMutation({ mutationFn: async () => data(await api.POST('/libraries/{library}/entries/{id}/confirm', path)), onSuccess: put, onError })
  const restore = useMutation({ mutationFn: async () => data(await api.POST('/libraries/{library}/entries/{id}/restore', path)), onSuccess: put, onError })
  if (!may) return null
  if (e.archived_at !== undefined) return <Button loading={restore.isPending} onClick={() => restore.mutate()}>{t('lib.restore')}</Button>
  return (
    <div className="filters">
      <Button onClick={() => setOpen('archive')}>{t('lib.archive')}</Button>
      <Button loading={confirm.isPending} onClick={() => confirm.mutate()}>{t('lib.confirm')}</Button>
      <Button type="primary" onClick={() => setOpen('edit')}>{t('lib.edit')}</Button>
      {open === 'edit' && own && <Edit library={e.library} fields={own.fields} entry={e} close={() => setOpen(undefined)} done={put} />}
      {open === 'archive' && <Archive of={e} close={() => setOpen(undefined)} done={put} />}
    </div>
  )
}

function Banners({ of: e }: { of: Entry }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <>
      {e.stale && <Alert type="warning" showIcon title={t('lib.staleLead', { day: day(e.confirmed_at) })} />}
      {e.merged_into !== undefined && (
        <Alert
          type="info" showIcon title={t('lib.mergedLead')}
          action={<Button size="small" onClick={() => void navigate(`/library/${e.library}/${e.merged_into}`)}>{t('lib.toMerged')}</Button>}
        />
      )}
      {!e.editable && <Alert type="info" showIcon title={t('lib.foreignLead')} />}
    </>
  )
}

function Facts({ of: e }: { of: Entry }) {
  const { t } = useTranslation()
  const label = useLabel(e.library)
  const fields = useLibrary(e.library)?.fields ?? []
  const known = fields.map((f) => ({ key: f.key, contact: f.contact, text: lines(f, e.values[f.key]) })).filter((f) => f.text.length > 0)
  const trl = e.values['trl'] === undefined && e.trl_min ? t('lib.trlFromStage', { from: e.trl_min, to: e.trl_max }) : ''
  return (
    <dl className="facts wide-names">
      {known.map(({ key, contact, text }) => (
        <div key={key}>
          <dt>{label(key)}</dt>
          <dd>
            {text.map((line, i) => <span key={i}>{line}{key === 'rules' && <Decided by={(e.values['rules'] as Rule[])[i]} />}</span>)}
            {key === 'stage' && trl && <small className="muted">{trl}</small>}
            {contact && <small className="muted">{t('lib.contactStays')}</small>}
          </dd>
        </div>
      ))}
      <div><dt>{label('code')}</dt><dd>{e.made_code ? <span className="muted">{t('lib.noCode')}</span> : e.code}</dd></div>
      <div><dt>{t('lib.visible')}</dt><dd>{t(e.shared ? 'lib.sharedYes' : 'lib.sharedNo')}</dd></div>
      <div><dt>{t('lib.confirmed')}</dt><dd>{when(e.confirmed_at)}</dd></div>
    </dl>
  )
}

/** How a rule is decided, where that is more than its words. */
function Decided({ by: r }: { by: Rule | undefined }) {
  const { t } = useTranslation()
  const facts = useLibraries().data?.facts ?? []
  const words = r?.when ? said(r.when, facts, t) : t('rules.byHuman')
  return words === r?.text ? null : <small className="muted">{r?.when ? t('rules.reads', { words }) : words}</small>
}

function Missing({ of: e }: { of: Entry }) {
  const { t } = useTranslation()
  const label = useLabel(e.library)
  return (
    <section className="card" aria-label={t('lib.missing')}>
      <h2>{t('lib.missing')}</h2>
      <p className="words">{e.missing.map((key) => <Chip key={key} tone="amber">{label(key)}</Chip>)}</p>
    </section>
  )
}

function For({ id }: { id: string }) {
  const may = useMay('needs:read')
  return may ? <div className="card"><NeedsFor achievement={id} leave={() => undefined} /></div> : null
}

function OfOrganisation({ id }: { id: string }) {
  const { t } = useTranslation()
  const may = useMay('needs:read')
  const list = useQuery({
    queryKey: ['organisation-needs', id], enabled: may,
    queryFn: async () => data(await api.GET('/organisations/{id}/needs', { params: { path: { id } } })),
  })
  if (!may) return null
  return (
    <section className="card" aria-label={t('lib.itsNeeds')}>
      <h2>{t('lib.itsNeeds')}</h2>
      {list.isPending && <Waiting rows={2} />}
      {list.error && <Trouble error={list.error} again={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="muted">{t('lib.noNeeds')}</p>}
      <ul className="tasks">
        {list.data?.items.map((n) => <li key={n.id}><Link to={`/needs/${n.id}`}>{n.title || t('needs.untitled')}</Link> <NeedStatus status={n.status} /></li>)}
      </ul>
    </section>
  )
}
