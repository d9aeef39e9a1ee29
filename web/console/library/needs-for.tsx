import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data } from '../api/client'
import { NeedStatus } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'

/** NeedsFor shows, when asked, the open needs that an achievement may meet. */
export function NeedsFor({ achievement, leave }: { achievement: string; leave: () => void }) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState(false)
  const list = useQuery({
    queryKey: ['needs-for', achievement], enabled: wanted,
    queryFn: async () => data(await api.GET('/achievements/{id}/needs', { params: { path: { id: achievement } } })),
  })
  if (!wanted) return <p><button type="button" className="link" onClick={() => setWanted(true)}>{t('advice.needsFor')}</button></p>
  return (
    <section aria-label={t('advice.needsFor')}>
      <h3>{t('advice.needsFor')}</h3>
      {list.isPending && <Waiting rows={3} />}
      {list.error && <Trouble error={list.error} again={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="muted">{t('advice.noNeeds')}</p>}
      <ol className="plain-list">
        {list.data?.items.map(({ need: n, reasons, gaps }) => (
          <li key={n.id}>
            <Link to={`/needs/${n.id}`} onClick={leave}>{n.title || t('needs.untitled')}</Link> <NeedStatus status={n.status} /> <small className="muted">{n.org}</small>
            <br /><small>{[...reasons.slice(0, 2), ...gaps.slice(0, 1)].map((r) => r.text).join('；')}</small>
          </li>
        ))}
      </ol>
    </section>
  )
}
