import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, data, ifMatch, type Schema, statusOf } from '../api/client'
import type { Need } from './value'

/** A need as the service has it, and the ways to change it. */
export function useNeed(id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const found = useQuery({ queryKey: ['need', id], queryFn: async () => data(await api.GET('/needs/{id}', { params: { path: { id } } })) })

  // Each change names the version that was seen, so that nobody overwrites what he or she has not read.
  const change = async (ask: (params: { path: { id: string }; header: { 'If-Match': string } }) => Promise<Need>) => {
    try {
      const next = await ask({ path: { id }, header: { 'If-Match': ifMatch(found.data?.version ?? 0) } })
      queries.setQueryData(['need', id], next)
      for (const key of [['events', id], ['matches', id], ['needs'], ['stats']]) void queries.invalidateQueries({ queryKey: key })
      return next
    } catch (e) {
      const status = e instanceof Error ? statusOf(e) : undefined
      if (status === 412 || status === 409) await found.refetch()
      throw status === 412 ? new Error(t('review.changed'), { cause: e }) : e
    }
  }
  return {
    found,
    patch: (body: Schema['NeedPatch']) => change(async (params) => data(await api.PATCH('/needs/{id}', { params, body }))),
    submit: () => change(async (params) => data(await api.POST('/needs/{id}/submit', { params }))),
    approve: () => change(async (params) => data(await api.POST('/needs/{id}/approve', { params }))),
    giveBack: (body: Schema['NeedReturn']) => change(async (params) => data(await api.POST('/needs/{id}/return', { params, body }))),
  }
}

export type NeedInHand = ReturnType<typeof useNeed>
