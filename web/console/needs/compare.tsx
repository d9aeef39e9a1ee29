import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { day } from '../format'
import type { Need } from '../review/value'
import { useMay } from '../session'
import { NeedStatus } from '../ui/chip'
import { Trouble, Waiting } from '../ui/trouble'
import { Choices } from './choices'
import { usePair } from './use-pair'

/** Compare puts two needs side by side, with what differs marked, and lets a broker choose what the one that stays takes over. */
export default function Compare() {
  const { t } = useTranslation()
  const { id = '', other = '' } = useParams()
  const pair = usePair(id, other)
  const mayEdit = useMay('needs:write')
  const { kept, dropped } = pair
  if (kept.isPending || dropped.isPending) return <div className="sheet"><Waiting rows={10} /></div>
  if (!kept.data || !dropped.data) {
    return <div className="sheet"><Crumbs /><Trouble error={kept.error ?? dropped.error ?? new Error()} again={() => { void kept.refetch(); void dropped.refetch() }} /></div>
  }
  return (
    <div className="sheet compare">
      <title>{t('compare.title')}</title>
      <Crumbs />
      <div className="spread">
        <h1>{t('compare.title')}</h1>
        <Link to={`/needs/${other}/with/${id}`} replace>{t('compare.swap')}</Link>
      </div>
      <div className="sides">
        <Side need={kept.data} label={t('compare.stays')} />
        <Side need={dropped.data} label={t('compare.goes')} />
      </div>
      <Choices key={`${id}${kept.data.version}${dropped.data.version}`} keep={kept.data} drop={dropped.data} pair={pair} mayEdit={mayEdit} />
    </div>
  )
}

function Crumbs() {
  const { t } = useTranslation()
  return <p className="crumbs"><Link to="/needs">{t('nav.needs')}</Link> / <Link to="/need-pairs">{t('pairs.title')}</Link></p>
}

function Side({ need: n, label }: { need: Need; label: string }) {
  const { t } = useTranslation()
  return (
    <section className="card" aria-label={label}>
      <p className="muted">{label} · {t('compare.began', { day: day(n.created_at) })}</p>
      <h2><Link to={`/needs/${n.id}`}>{n.title || t('needs.untitled')}</Link> <NeedStatus status={n.status} /></h2>
      <p>{n.org ?? t('review.noOrg')}</p>
    </section>
  )
}
