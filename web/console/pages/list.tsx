import { useInfiniteQuery } from '@tanstack/react-query'
import { Alert, Button, Empty, Table, type TableProps } from 'antd'
import { useTranslation } from 'react-i18next'

interface Page<T> { items: T[]; next_cursor: string | null }

interface Props<T> {
  name: unknown[] // of the query: its filters belong to it
  fetch: (cursor: string | undefined) => Promise<Page<T>>
  columns: NonNullable<TableProps<T>['columns']>
  rowKey: keyof T & string
  onOpen?: (row: T) => void
  expand?: (row: T) => React.ReactNode
}

/** A list of the API, page by page. */
export function List<T extends object>({ name, fetch, columns, rowKey, onOpen, expand }: Props<T>) {
  const { t } = useTranslation()
  const list = useInfiniteQuery({
    queryKey: name,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => fetch(pageParam),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
  if (list.error) {
    return <Alert type="error" title={list.error.message} action={<Button onClick={() => void list.refetch()}>{t('again')}</Button>} />
  }
  return (
    <>
      <Table<T>
        rowKey={rowKey} columns={columns} dataSource={list.data?.pages.flatMap((p) => p.items) ?? []} loading={list.isPending}
        pagination={false} size="middle" scroll={{ x: 'max-content' }} locale={{ emptyText: <Empty description={t('nothing')} /> }}
        {...(expand ? { expandable: { expandedRowRender: expand } } : {})}
        {...(onOpen
          ? {
              onRow: (row: T) => ({
                onClick: () => onOpen(row),
                onKeyDown: (e) => { if (e.key === 'Enter') onOpen(row) },
                tabIndex: 0,
                style: { cursor: 'pointer' },
              }),
            }
          : {})}
      />
      {list.hasNextPage && (
        <Button style={{ marginTop: 12 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('more')}</Button>
      )}
    </>
  )
}
