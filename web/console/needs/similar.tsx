import { useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data } from '../api/client'
import { day } from '../format'
import { NeedStatus } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'
import { Likeness } from './likeness'

/** Similar shows needs that ask for something like this one, as far as the centre may see them. */
export function Similar({ need }: { need: string }) {
  const { t } = useTranslation()
  const list = useQuery({ queryKey: ['similar', need], queryFn: async () => data(await api.GET('/needs/{id}/similar', { params: { path: { id: need } } })) })
  if (list.isPending) return <Waiting rows={6} />
  if (!list.data) return <Trouble error={list.error} again={() => void list.refetch()} />
  if (list.data.items.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('similar.none')} />
  return (
    <ul className="alike">
      {list.data.items.map((s) => (
        <li key={s.need.id}>
          <p><Link to={`/needs/${s.need.id}`}>{s.need.title || t('needs.untitled')}</Link> <NeedStatus status={s.need.status} /></p>
          <p className="muted">{[s.need.org, s.need.chain, day(s.need.created_at)].filter(Boolean).join(' · ')}</p>
          <div className="spread tight"><Likeness likeness={s.likeness} figures={s.figures} same={s.same_org} twin={s.twin} /><Link to={`/needs/${need}/with/${s.need.id}`}>{t('similar.compare')}</Link></div>
        </li>
      ))}
    </ul>
  )
}
