import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { when } from '../format'
import { Marked } from '../needs/sides'
import { Trouble, Waiting } from '../ui/trouble'
import { brief, type Entry, useLabel, useLibrary } from './libraries'

/** What was done to a record, newest first. */
export function History({ of: e }: { of: Entry }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery({
    queryKey: ['entry-history', e.id], initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => data(await api.GET('/libraries/{library}/entries/{id}/history', {
      params: { path: { library: e.library, id: e.id }, query: { limit: 20, ...(pageParam && { cursor: pageParam }) } },
    })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
  return (
    <section className="card" aria-label={t('lib.history')}>
      <h2>{t('lib.history')}</h2>
      {list.isPending && <Waiting rows={3} />}
      {list.error && <Trouble error={list.error} again={() => void list.refetch()} />}
      <ol className="entry-history">
        {list.data?.pages.flatMap((p) => p.items).map((ev) => <Event key={`${ev.entry_id}/${ev.version}`} of={ev} entry={e} />)}
      </ol>
      {list.hasNextPage && <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('more')}</Button>}
    </section>
  )
}

function Event({ of: ev, entry: e }: { of: Schema['EntryEvent']; entry: Entry }) {
  const { t } = useTranslation()
  const label = useLabel(e.library)
  const fields = useLibrary(e.library)?.fields
  const who = ev.name ?? (ev.by === 'system' || ev.by === 'operator' ? t(`lib.by.${ev.by}`) : t('lib.by.other'))
  const told = ev.kind === 'created' ? [] : ev.changes
  return (
    <li>
      <b>{t(`lib.event.${ev.kind}`)}</b> <span className="muted">{who} · {when(ev.at)}{ev.entry_id === e.id ? '' : ` · ${t('lib.ofMerged')}`}</span>
      {ev.import_id && <> <Link to={`/imports/${ev.import_id}`}>{t('lib.fromFile')}</Link></>}
      {ev.note && <p className="as-written">{ev.note}</p>}
      {told.length > 0 && (
        <ul>
          {told.map((c) => {
            const field = fields?.find((f) => f.key === c.key)
            const [from, to] = [brief(field, c.from), brief(field, c.to)]
            return <li key={c.key}><span className="muted">{label(c.key)}：</span><del><Marked text={from} against={to} /></del> → <Marked text={to} against={from} /></li>
          })}
        </ul>
      )}
    </li>
  )
}
