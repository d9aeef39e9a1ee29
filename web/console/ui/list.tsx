import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Empty } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Trouble, Waiting } from './trouble'

interface Page<T> { items: T[]; next_cursor: string | null }

interface Column<T> {
  title: string
  render: (row: T) => ReactNode
  only?: 'wide' // what phones leave out
}

interface Props<T> {
  name: unknown[] // of the query: its filters belong to it
  label: string
  fetch: (cursor: string | undefined) => Promise<Page<T>>
  columns: Column<T>[] // the first holds the link or the button that opens the row
  open: (row: T) => void
  empty: string
}

/** A list of the API, page by page: a table, or cards on a phone. */
export function List<T extends { id: string }>({ name, label, fetch, columns, open, empty }: Props<T>) {
  const { t } = useTranslation()
  const list = useInfiniteQuery({
    queryKey: name,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => fetch(pageParam),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
  if (list.isPending) return <Waiting rows={8} />
  if (!list.data) return <Trouble error={list.error} again={() => void list.refetch()} />
  const rows = list.data.pages.flatMap((p) => p.items)
  if (rows.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
  return (
    <>
      {list.error && <Trouble error={list.error} again={() => void list.refetch()} />}
      <table className="list" aria-label={label}>
        <thead><tr>{columns.map((c) => <th key={c.title} scope="col" className={c.only}>{c.title}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} onClick={(e) => { if (!(e.target as Element).closest('a,button')) open(row) }}>
              {columns.map((c) => <td key={c.title} className={c.only}>{c.render(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      {list.hasNextPage && (
        <p className="centred"><Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('more')}</Button></p>
      )}
    </>
  )
}
