import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

const wait = 5_000

/** Reads again what the service says has changed, as long as the page is open. */
export function useChanges() {
  const queries = useQueryClient()
  useEffect(() => {
    let source: EventSource | undefined
    let timer: number | undefined
    const open = (again: boolean) => {
      source = new EventSource('/api/v1/events')
      source.addEventListener('need', (e: MessageEvent<string>) => needChanged(queries, idOf(e)))
      source.addEventListener('conversation', (e: MessageEvent<string>) => conversationChanged(queries, idOf(e)))
      source.addEventListener('import', (e: MessageEvent<string>) => importChanged(queries, idOf(e)))
      // Browsers give up on a stream that is refused, as while the service restarts.
      source.onerror = () => { if (source?.readyState === EventSource.CLOSED) timer = window.setTimeout(() => open(true), wait) }
      source.onopen = () => { if (again) void queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'me' }) }
    }
    open(false)
    return () => {
      window.clearTimeout(timer)
      source?.close()
    }
  }, [queries])
}

const idOf = (e: MessageEvent<string>) => (JSON.parse(e.data) as { id: string }).id

function needChanged(queries: QueryClient, id: string) {
  for (const key of [['need', id], ['events', id], ['matches', id], ['needs'], ['stats']]) void queries.invalidateQueries({ queryKey: key })
}

function conversationChanged(queries: QueryClient, id: string) {
  for (const key of [['conversation', id], ['messages', id], ['conversations'], ['stats']]) void queries.invalidateQueries({ queryKey: key })
}

function importChanged(queries: QueryClient, id: string) {
  for (const key of [['import', id], ['import-rows', id], ['imports'], ['libraries'], ['needs'], ['stats']]) void queries.invalidateQueries({ queryKey: key })
}
