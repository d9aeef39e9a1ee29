import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { ago } from '../format'
import { Chip, Phase } from '../ui/chip'
import { Chips, Search, useFilters } from '../ui/filters'
import { Trouble, Waiting } from '../ui/trouble'
import { Thread } from './thread'

type Conversation = Schema['Conversation']
type Status = Schema['ConversationStatus']

const statuses: Status[] = ['handed_over', 'interviewing', 'confirming', 'done', 'paused', 'consent', 'closed']

/** Conversations is the inbox: who talks with us, and beside it what is said. */
export default function Conversations() {
  const { t } = useTranslation()
  const { id } = useParams()
  return (
    <div className={id ? 'inbox open' : 'inbox'}>
      <title>{t('nav.conversations')}</title>
      <Inbox current={id} />
      {id ? <Thread key={id} id={id} /> : <section className="nothing"><Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('conversations.choose')} /></section>}
    </div>
  )
}

function Inbox({ current }: { current: string | undefined }) {
  const { t } = useTranslation()
  const [{ status = '', q = '' }, set] = useFilters<'status' | 'q'>()
  const list = useInfiniteQuery({
    queryKey: ['conversations', status, q],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) => data(await api.GET('/conversations', {
      params: { query: { ...(status && { status: status as Status }), ...(q && { q }), ...(cursor && { cursor }) } },
    })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
  const rows = list.data?.pages.flatMap((p) => p.items) ?? []
  const search = new URLSearchParams({ ...(status && { status }), ...(q && { q }) }).toString()
  return (
    <section className="threads">
      <h1>{t('nav.conversations')}</h1>
      <Search value={q} label={t('conversations.search')} set={(v) => set('q', v)} />
      <Chips
        label={t('conversations.status')} value={status} choose={(v) => set('status', v)}
        options={[{ value: '', label: t('all') }, ...statuses.map((s) => ({ value: s, label: t(`phase.${s}`) }))]}
      />
      <div className="scroll">
        {list.isPending && <Waiting rows={8} />}
        {list.error && <Trouble error={list.error} again={() => void list.refetch()} />}
        {list.data && rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(status || q ? 'conversations.noneFound' : 'conversations.none')} />}
        <ul>{rows.map((c) => <Row key={c.id} of={c} current={c.id === current} search={search} />)}</ul>
        {list.hasNextPage && <p className="centred"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('more')}</Button></p>}
      </div>
    </section>
  )
}

function Row({ of: c, current, search }: { of: Conversation; current: boolean; search: string }) {
  const { t } = useTranslation()
  const waits = c.owner === 'broker' && c.last_message?.from !== 'broker'
  return (
    <li>
      <Link to={{ pathname: `/conversations/${c.id}`, search }} aria-current={current ? 'page' : undefined}>
        <span className="spread tight"><b>{c.org || c.contact_name || t('conversations.unnamed')}</b><small className="muted">{ago(c.updated_at)}</small></span>
        <span className="muted one-line">{c.last_message ? `${t(`who.${c.last_message.from}`)}：${c.last_message.text}` : t('conversations.silent')}</span>
        <span className="spread tight">
          <span>{waits ? <Chip tone="red">{t('conversations.waits')}</Chip> : <Phase status={c.status} />}</span>
          <small className="muted">{t(`channel.${c.channel}`, c.channel)}</small>
        </span>
      </Link>
    </li>
  )
}
