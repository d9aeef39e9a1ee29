import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, data, ifMatch, type Schema } from '../api/client'

type Merge = Schema['NeedMerge']

/** Two needs that may be one, and the ways to bring them together or to set them apart. */
export function usePair(keep: string, drop: string) {
  const queries = useQueryClient()
  const one = (id: string) => ({ queryKey: ['need', id], queryFn: async () => data(await api.GET('/needs/{id}', { params: { path: { id } } })) })
  const kept = useQuery(one(keep))
  const dropped = useQuery(one(drop))
  const read = () => {
    for (const key of [['need'], ['needs'], ['events'], ['need-pairs'], ['similar'], ['stats']]) void queries.invalidateQueries({ queryKey: key })
  }
  const replace = useMutation({
    mutationFn: async ({ as, ...body }: Omit<Merge, 'other' | 'other_version'> & { as: 'merge' | 'supersede' }) => data(await api.POST(
      as === 'merge' ? '/needs/{id}/merge' : '/needs/{id}/supersede',
      { params: { path: { id: keep }, header: { 'If-Match': ifMatch(kept.data?.version ?? 0) } }, body: { other: drop, other_version: dropped.data?.version ?? 0, ...body } },
    )),
    onSettled: read,
  })
  const apart = useMutation({
    mutationFn: async () => data(await api.POST('/needs/{id}/apart', { params: { path: { id: keep } }, body: { other: drop } })),
    onSettled: read,
  })
  return { kept, dropped, replace, apart }
}

export type Pair = ReturnType<typeof usePair>
