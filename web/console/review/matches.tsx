import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Empty } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { AchievementDialog } from '../library/dialogs'
import { Chip } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'
import { MatchCard } from './match-card'
import { SimilarCases } from './similar-cases'
import type { Evidence } from './value'

interface Props {
  need: string
  approved: boolean
  mayEdit: boolean
  chosen: string
  light: (key: string, evidence: Evidence[]) => void
}

/** Matches shows the achievements ranked for a need, each with its reasons and gaps. */
export function Matches({ need, approved, mayEdit, chosen, light }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [open, setOpen] = useState('')
  const path = { params: { path: { id: need } } }
  const list = useQuery({
    queryKey: ['matches', need], queryFn: async () => data(await api.GET('/needs/{id}/matches', path)),
    // An approved need is matched by a job, and a model may write of the best.
    refetchInterval: (q) => (q.state.data?.writing || (approved && q.state.data?.model === '') ? 3000 : false),
  })
  const run = useMutation({
    mutationFn: async () => data(await api.POST('/needs/{id}/matches', path)),
    onSuccess: (found) => queries.setQueryData(['matches', need], found),
    onError: (e) => void message.error(e.message),
  })
  // That somebody has looked tells what the ranking is worth; it is no matter if it gets lost.
  const look = (m: Schema['Match']) => {
    setOpen(m.achievement.id)
    void api.POST('/matches/{id}/click', { params: { path: { id: m.id } } })
  }
  if (list.isPending) return <Waiting rows={8} />
  if (!list.data) return <Trouble error={list.error} again={() => void list.refetch()} />
  const { items, model, stale, writing } = list.data
  return (
    <>
      <div className="spread">
        <span className="muted">
          {model && t(model === 'lexical' ? 'matches.byWords' : 'matches.byMeaning', { count: items.length })}{' '}
          {stale && model && <Chip tone="amber">{t('matches.stale')}</Chip>} {writing && <Chip tone="blue">{t('matches.writing')}</Chip>}
        </span>
        {mayEdit && <Button size="small" type={stale || !model ? 'primary' : 'default'} onClick={() => run.mutate()} loading={run.isPending}>{t(model ? 'matches.again' : 'matches.run')}</Button>}
      </div>
      {items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(model ? 'matches.none' : approved ? 'matches.running' : 'matches.notRun')} />}
      <SimilarCases need={need} />
      {items.map((m) => <MatchCard key={m.id} match={m} need={need} mayEdit={mayEdit} chosen={chosen} light={light} open={() => look(m)} />)}
      {open && <AchievementDialog id={open} close={() => setOpen('')} />}
    </>
  )
}
