import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data } from '../api/client'
import { NeedStatus } from '../ui/chip'
import { Actions, type Asking } from './actions'
import { Quality } from './quality'
import type { NeedInHand } from './use-need'
import type { Need } from './value'

interface Props {
  need: Need
  hand: NeedInHand
  mayEdit: boolean
  asking: Asking
  ask: (what: Asking) => void
  edit: (name: string) => void
}

/** Head stays in view: which need it is, how good, and what can be done with it. */
export function Head({ need: n, hand, mayEdit, asking, ask, edit }: Props) {
  const { t } = useTranslation()
  return (
    <header className="head">
      <div className="head-title">
        <p className="muted">
          <Link to="/needs">{t('nav.needs')}</Link> / {n.org ?? t('review.noOrg')}
          {n.confirmed && ` · ${t('review.confirmed')}`}
        </p>
        <h1>
          {n.title || t('needs.untitled')} <NeedStatus status={n.status} />
          {mayEdit && <button type="button" className="quiet" onClick={() => edit('title')} aria-label={t('review.editField', { field: t('needs.title') })}>{t('review.edit')}</button>}
        </h1>
        <Quality need={n} {...(mayEdit && { edit })} />
      </div>
      <div className="head-actions">
        <Next after={n.id} />
        <span className="grow" />
        <button type="button" className="quiet keys-button" onClick={() => ask('keys')}>{t('shortcuts.title')} <kbd>?</kbd></button>
        {mayEdit && <Actions need={n} hand={hand} asking={asking} ask={ask} />}
      </div>
    </header>
  )
}

/** The need that has waited longest for review, other than this one. */
function Next({ after }: { after: string }) {
  const { t } = useTranslation()
  const queue = useQuery({
    queryKey: ['needs', 'queue'],
    queryFn: async () => data(await api.GET('/needs', { params: { query: { status: ['review'], sort: 'updated_at', limit: 2 } } })),
  })
  const next = queue.data?.items.find((n) => n.id !== after)
  if (!next) return null
  return <Link className="next" to={`/needs/${next.id}`} title={next.title}>{t('review.next')} →</Link>
}
