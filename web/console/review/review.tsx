import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Empty, Progress, Spin, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api, data, ifMatch, type Schema } from '../api/client'
import { colours } from '../pages/needs'
import { useMay } from '../session'
import { Actions } from './actions'
import { History } from './history'
import { Matches } from './matches'
import { Record } from './record'
import { Transcript } from './transcript'

/** Review is where a broker decides on a need: what was said beside what was made of it. */
export function Review() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const queries = useQueryClient()
  const mayEdit = useMay('needs:write')
  const [chosen, setChosen] = useState('')
  const [lit, setLit] = useState<Schema['Evidence'][]>([])
  const need = useQuery({ queryKey: ['need', id], queryFn: async () => data(await api.GET('/needs/{id}', { params: { path: { id } } })) })
  if (need.error) return <Alert type="error" title={need.error.message} action={<Link to="/needs">{t('review.back')}</Link>} />
  if (!need.data) return <Spin />
  const n = need.data
  const take = (next: Schema['Need']) => {
    queries.setQueryData(['need', id], next)
    void queries.invalidateQueries({ queryKey: ['events', id] })
    void queries.invalidateQueries({ queryKey: ['matches', id] })
    void queries.invalidateQueries({ queryKey: ['needs'] })
  }
  const patch = async (body: Schema['NeedPatch']) => take(data(await api.PATCH('/needs/{id}', {
    params: { path: { id }, header: { 'If-Match': ifMatch(n.version) } }, body,
  })))
  return (
    <>
      <div className="spread">
        <div>
          <Link to="/needs">{t('review.back')}</Link>
          <h1 style={{ margin: '4px 0' }}>{n.title || t('needs.untitled')} <Tag color={colours[n.status]}>{t(`status.${n.status}`)}</Tag></h1>
          <span className="quote">{n.org}{n.confirmed ? ` · ${t('review.confirmed')}` : ''}</span>
        </div>
        {mayEdit && <Actions need={n} done={take} reload={() => void need.refetch()} />}
      </div>
      <Quality of={n.quality} need={n} />
      <div className="review">
        {n.conversation_id
          ? <Transcript id={n.conversation_id} lit={lit} />
          : <section className="pane"><Empty description={t('review.noTranscript')} /></section>}
        <section className="pane">
          <Tabs
            items={[
              {
                key: 'record', label: t('review.record'),
                children: <Record need={n} chosen={chosen} mayEdit={mayEdit} patch={patch} choose={(key, evidence) => { setChosen(key); setLit([...evidence]) }} />,
              },
              { key: 'matches', label: t('review.matches'), children: <Matches need={id} mayEdit={mayEdit} light={setLit} /> },
              { key: 'history', label: t('review.history'), children: <History need={id} /> },
            ]}
          />
        </section>
      </div>
    </>
  )
}

function Quality({ of, need }: { of: Schema['Quality']; need: Schema['Need'] }) {
  const { t } = useTranslation()
  const [more, setMore] = useState(false)
  const name = (missing: string) => {
    const [key = '', row] = missing.split(':')
    const label = t([`missing.${key}`, `field.${key}`], key)
    const indicator = need.indicators.find((r) => r.id === row)?.name
    return indicator ? `${indicator} · ${label}` : label
  }
  return (
    <div style={{ marginBottom: 12 }}>
      <Progress percent={of.score} size="small" format={(v) => t('review.score', { score: v })} style={{ maxWidth: 480 }} />
      {of.missing.length > 0 && (
        <div>
          {t('review.missing')}{' '}
          {(more ? of.missing : of.missing.slice(0, 6)).map((m) => <Tag key={m}>{name(m)}</Tag>)}
          {of.missing.length > 6 && !more && <Button size="small" type="link" onClick={() => setMore(true)}>{t('more')}</Button>}
        </div>
      )}
    </div>
  )
}
