import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { when } from '../format'
import { useMay } from '../session'
import { NeedStatus, Phase, Score } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'
import { Composer } from './composer'
import { Transcript } from './transcript'

type Conversation = Schema['Conversation']

/** Thread shows what was said, and lets a broker take over and answer. */
export function Thread({ id }: { id: string }) {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['conversation', id],
    queryFn: async () => data(await api.GET('/conversations/{id}', { params: { path: { id } } })),
  })
  const back = <Link className="back" to="/conversations">{t('conversations.back')}</Link>
  if (found.isPending) return <section className="thread"><Waiting rows={8} /></section>
  if (!found.data) return <section className="thread">{back}<Trouble error={found.error} again={() => void found.refetch()} /></section>
  const c = found.data
  return (
    <>
      <section className="thread">
        <header className="spread">
          <div>
            {back}
            <span className="to-needs">{c.need_ids.map((n, i) => <Link key={n} to={`/needs/${n}`}>{t('conversations.need', { number: i + 1 })}</Link>)}</span>
            <h2>{c.org || c.contact_name || t('conversations.unnamed')} <Phase status={c.status} /></h2>
          </div>
          <Handover of={c} />
        </header>
        {found.error && <Trouble error={found.error} again={() => void found.refetch()} />}
        <Transcript id={id} follow />
        <Foot of={c} />
      </section>
      <About of={c} />
    </>
  )
}

/** Who answers: the bot or a person. */
function Handover({ of: c }: { of: Conversation }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const may = useMay('conversations:write')
  const path = { params: { path: { id: c.id } } }
  const take = (next: Conversation) => {
    queries.setQueryData(['conversation', c.id], next)
    for (const key of [['messages', c.id], ['conversations'], ['stats']]) void queries.invalidateQueries({ queryKey: key })
  }
  const onError = (e: Error) => void message.error(e.message)
  const takeOver = useMutation({ mutationFn: async () => data(await api.POST('/conversations/{id}/takeover', path)), onSuccess: take, onError })
  const release = useMutation({ mutationFn: async () => data(await api.POST('/conversations/{id}/release', path)), onSuccess: take, onError })
  if (!may || c.status === 'closed') return null
  return c.owner === 'broker'
    ? <Button onClick={() => release.mutate()} loading={release.isPending}>{t('conversations.release')}</Button>
    : <Button type="primary" onClick={() => takeOver.mutate()} loading={takeOver.isPending}>{t('conversations.takeOver')}</Button>
}

function Foot({ of: c }: { of: Conversation }) {
  const { t } = useTranslation()
  const may = useMay('conversations:write')
  if (c.owner === 'broker' && may) return <Composer id={c.id} />
  return <p className="foot muted">{t(c.owner === 'broker' ? 'conversations.another' : c.status === 'done' || c.status === 'closed' ? 'conversations.over' : 'conversations.botAnswers')}</p>
}

/** What is known of the contact, and the needs that came of the conversation. */
function About({ of: c }: { of: Conversation }) {
  const { t } = useTranslation()
  const facts = [
    [t('needs.org'), c.org], [t('who.contact'), [c.contact_name, c.contact_role].filter(Boolean).join(' · ')],
    [t('conversations.channel'), t(`channel.${c.channel}`, c.channel)], [t('conversations.owner'), t(`owner.${c.owner}`)],
    [t('conversations.progress'), t('conversations.steps', { done: c.progress.done, total: c.progress.total })], [t('conversations.began'), when(c.created_at)],
  ] as const
  return (
    <aside className="about" aria-label={t('conversations.about')}>
      <h2>{t('conversations.about')}</h2>
      <dl className="facts">{facts.filter(([, text]) => text).map(([name, text]) => <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}</dl>
      <h2>{t('nav.needs')}</h2>
      {c.need_ids.length === 0 && <p className="muted">{t('conversations.noNeed')}</p>}
      <ul className="tasks">{c.need_ids.map((n) => <NeedOf key={n} id={n} />)}</ul>
    </aside>
  )
}

function NeedOf({ id }: { id: string }) {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['need', id], queryFn: async () => data(await api.GET('/needs/{id}', { params: { path: { id } } })) })
  return (
    <li>
      <Link to={`/needs/${id}`}>{found.data?.title || t('needs.untitled')}</Link>
      {found.data && <Score value={found.data.quality.score} />}
      {found.data && <p><NeedStatus status={found.data.status} /></p>}
    </li>
  )
}
