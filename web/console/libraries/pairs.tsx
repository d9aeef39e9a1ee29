import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useParams } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { day } from '../format'
import { useMay } from '../session'
import { Chip } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'
import { type Entry, isLibrary, type LibraryName, lines, useLabel, useLibrary } from './libraries'

/** Records that may be one, side by side. */
export default function PairsPage() {
  const { library } = useParams()
  if (!isLibrary(library)) return <Navigate to="/library/achievements" replace />
  return <Pairs key={library} library={library} />
}

function Pairs({ library }: { library: LibraryName }) {
  const { t } = useTranslation()
  const list = useInfiniteQuery({
    queryKey: ['pairs', library], initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => data(await api.GET('/libraries/{library}/pairs', {
      params: { path: { library }, query: { limit: 10, ...(pageParam && { cursor: pageParam }) } },
    })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
  const pairs = list.data?.pages.flatMap((p) => p.items)
  return (
    <div className="sheet">
      <title>{t('lib.pairsTitle')}</title>
      <p className="muted"><Link to={`/library/${library}`}>{t(`lib.name.${library}`)}</Link> /</p>
      <h1>{t('lib.pairsTitle')}</h1>
      <p className="muted">{t('lib.pairsLead')}</p>
      {list.isPending && <Waiting rows={6} />}
      {list.error && <Trouble error={list.error} again={() => void list.refetch()} />}
      {pairs?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('lib.noPairs')} />}
      {pairs?.map((p) => <Pair key={p.id} library={library} of={p} />)}
      {list.hasNextPage && <p className="centred"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('more')}</Button></p>}
    </div>
  )
}

function Pair({ library, of: p }: { library: LibraryName; of: Schema['Pair'] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const may = useMay('library:write')
  const decide = useMutation({
    mutationFn: async (body: Schema['PairDecision']) => data(await api.POST('/libraries/{library}/pairs/{id}/decision', { params: { path: { library, id: p.id } }, body })),
    onSuccess: () => { for (const key of [['pairs', library], ['entries', library], ['libraries']]) void queries.invalidateQueries({ queryKey: key }) },
    onError: (e) => void message.error(e.message),
  })
  const label = useLabel(library)
  const fields = useLibrary(library)?.fields ?? []
  const rows = fields
    .map((f) => ({ key: f.key, one: lines(f, p.one.values[f.key]).join('；'), other: lines(f, p.other.values[f.key]).join('；') }))
    .filter((r) => r.one || r.other)
  return (
    <section className="card merging" aria-label={`${p.one.name} / ${p.other.name}`}>
      <div className="spread">
        <p><Chip tone="violet">{t(`lib.pairBy.${p.reason}`)}</Chip> <span className="muted">{t('lib.alike', { percent: Math.round(p.score * 100) })}</span></p>
        {may && <Button disabled={decide.isPending} onClick={() => decide.mutate({ decision: 'keep' })}>{t('lib.keepBoth')}</Button>}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col"><span className="unseen">{t('lib.fieldName')}</span></th>
            {[p.one, p.other].map((e) => <Head key={e.id} of={e} keep={may ? () => decide.mutate({ decision: 'merge', stays: e.id }) : undefined} busy={decide.isPending} />)}
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.key} className={r.one === r.other ? '' : 'differs'}><th scope="row">{label(r.key)}</th><td>{r.one || '—'}</td><td>{r.other || '—'}</td></tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Head({ of: e, keep, busy }: { of: Entry; keep: (() => void) | undefined; busy: boolean }) {
  const { t } = useTranslation()
  return (
    <th scope="col">
      <Link to={`/library/${e.library}/${e.id}`}>{e.name}</Link>
      <small className="muted">{e.made_code ? '' : `${e.code} · `}{day(e.confirmed_at)}</small>
      {keep && <Button size="small" type="primary" disabled={busy} onClick={keep}>{t('lib.keepThis')}</Button>}
    </th>
  )
}
