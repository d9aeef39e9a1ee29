import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data } from '../api/client'
import { Chip } from '../ui/chip'
import type { Library } from './stages'

interface Props { need: string; library: Library; supply: string; match?: string; mayEdit: boolean }

/** OnSupply leads from what may meet a need to their case, or puts it on the shortlist. */
export function OnSupply({ need, library, supply, match, mayEdit }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const cases = useQuery({
    queryKey: ['cases', 'need', need],
    queryFn: async () => data(await api.GET('/cases', { params: { query: { need, limit: 100 } } })),
  })
  const open = useMutation({
    mutationFn: async () => data(await api.POST('/cases', { body: match ? { match_id: match } : { need_id: need, library, supply_id: supply } })),
    onSuccess: () => void message.success(t('cases.shortlisted')),
    onError: (e) => void message.error(e.message),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['cases'] }),
  })
  const found = cases.data?.items.find((c) => c.library === library && c.supply_id === supply)
  if (found) return <p className="words"><Link to={`/cases/${found.id}`}>{t('cases.open')}</Link> <Chip tone="blue">{t(`caseStage.${found.stage}`)}</Chip></p>
  if (!mayEdit || !cases.data) return null
  return <Button size="small" type="text" onClick={() => open.mutate()} loading={open.isPending}>{t('cases.shortlist')}</Button>
}
