import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data } from '../api/client'
import { Chip } from '../ui/chip'

/** OnMatch leads from a match to its case, or puts it on the shortlist. */
export function OnMatch({ need, achievement, match, mayEdit }: { need: string; achievement: string; match: string; mayEdit: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const cases = useQuery({
    queryKey: ['cases', 'need', need],
    queryFn: async () => data(await api.GET('/cases', { params: { query: { need, limit: 100 } } })),
  })
  const open = useMutation({
    mutationFn: async () => data(await api.POST('/cases', { body: { match_id: match } })),
    onSuccess: () => void message.success(t('cases.shortlisted')),
    onError: (e) => void message.error(e.message),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['cases'] }),
  })
  const found = cases.data?.items.find((c) => c.achievement_id === achievement)
  if (found) return <p className="words"><Link to={`/cases/${found.id}`}>{t('cases.open')}</Link> <Chip tone="blue">{t(`caseStage.${found.stage}`)}</Chip></p>
  if (!mayEdit || !cases.data) return null
  return <Button size="small" type="text" onClick={() => open.mutate()} loading={open.isPending}>{t('cases.shortlist')}</Button>
}
