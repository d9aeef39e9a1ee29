import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data } from '../api/client'
import { Trouble, Waiting } from '../ui/trouble'
import { Card } from './card'
import { openStages, type Stage } from './stages'

const shown = 20 // cases of a column; the list has all

/** Board is a column for each stage in which something has still to happen. */
export function Board({ counts }: { counts: Record<string, number> }) {
  return <div className="board">{openStages.map((s) => <Column key={s} stage={s} count={counts[s] ?? 0} />)}</div>
}

function Column({ stage, count }: { stage: Stage; count: number }) {
  const { t } = useTranslation()
  const list = useQuery({
    queryKey: ['cases', 'column', stage],
    queryFn: async () => data(await api.GET('/cases', { params: { query: { stage, limit: shown } } })),
  })
  return (
    <section className="column" aria-label={t(`caseStage.${stage}`)}>
      <h2>{t(`caseStage.${stage}`)} <span className="count">{count}</span></h2>
      {list.isPending && <Waiting rows={3} />}
      {list.error && <Trouble error={list.error} again={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="muted">{t('cases.empty')}</p>}
      {list.data?.items.map((c) => <Card key={c.id} of={c} />)}
      {list.data?.next_cursor && <Link to={`/cases?stage=${stage}`}>{t('cases.allOf')}</Link>}
    </section>
  )
}
