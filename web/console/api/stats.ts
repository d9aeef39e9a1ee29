import { useQuery } from '@tanstack/react-query'
import { api, data } from './client'

/** How much there is of everything. */
export const useStats = () => useQuery({ queryKey: ['stats'], queryFn: async () => data(await api.GET('/stats')) })
