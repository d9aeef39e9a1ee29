import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Card, Empty, Select, Space, Spin, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'

type Match = Schema['Match']
type Evidence = Schema['Evidence']
type Rejection = NonNullable<Schema['MatchDecisionInput']['reason']>

const rejections: Rejection[] = ['other_field', 'other_object', 'indicator_too_low', 'immature', 'not_available', 'region', 'duplicate', 'other']

interface Props { need: string; mayEdit: boolean; light: (evidence: Evidence[]) => void }

/** Matches shows the achievements ranked for a need, each with its reasons and gaps. */
export function Matches({ need, mayEdit, light }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const path = { params: { path: { id: need } } }
  const list = useQuery({ queryKey: ['matches', need], queryFn: async () => data(await api.GET('/needs/{id}/matches', path)) })
  const run = useMutation({
    mutationFn: async () => data(await api.POST('/needs/{id}/matches', path)),
    onSuccess: (found) => queries.setQueryData(['matches', need], found),
    onError: (e) => void message.error(e.message),
  })
  if (list.error) return <Alert type="error" title={list.error.message} />
  if (!list.data) return <Spin />
  const found = list.data
  return (
    <>
      <div className="spread">
        <span>
          {found.model && t('matches.by', { model: found.model === 'lexical' ? t('matches.lexical') : found.model })}
          {found.stale && found.model && <Tag color="gold">{t('matches.stale')}</Tag>}
        </span>
        {mayEdit && <Button onClick={() => run.mutate()} loading={run.isPending}>{t(found.model ? 'matches.again' : 'matches.run')}</Button>}
      </div>
      {found.items.length === 0 && <Empty description={t(found.model ? 'matches.none' : 'matches.notRun')} />}
      {found.items.map((m) => <Found key={m.achievement.id} match={m} mayEdit={mayEdit} light={light} need={need} />)}
    </>
  )
}

function Found({ match: m, need, mayEdit, light }: { match: Match } & Props) {
  const { t } = useTranslation()
  const a = m.achievement
  return (
    <Card size="small" style={{ marginBottom: 12 }} title={`${m.rank}. ${a.title}`} extra={<Tag>{a.stage}</Tag>}>
      <p>{a.summary}</p>
      <p>{a.indicators}</p>
      <p className="quote">{a.owner_org} · {a.chain} · {a.code}</p>
      {m.reasons.map((r, i) => <Reason key={i} mark="✓" reason={r} light={light} />)}
      {m.gaps.map((r, i) => <Reason key={i} mark="△" reason={r} light={light} />)}
      {m.decision
        ? <Tag color={m.decision.decision === 'recommended' ? 'green' : 'red'}>{t(`decision.${m.decision.decision}`)}</Tag>
        : mayEdit && <Decide match={m} need={need} />}
    </Card>
  )
}

function Reason({ mark, reason: r, light }: { mark: string; reason: Schema['MatchReason']; light: Props['light'] }) {
  const need = r.need
  return (
    <div className="reason">
      {mark}{' '}
      {need ? <button type="button" className="value" onClick={() => light([need])}>{r.text}</button> : r.text}
      {r.achievement && <div className="quote">“{r.achievement.quote}”</div>}
    </div>
  )
}

function Decide({ match, need }: { match: Match; need: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const decide = useMutation({
    mutationFn: async (body: Schema['MatchDecisionInput']) => data(await api.POST('/matches/{id}/decision', { params: { path: { id: match.id } }, body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['matches', need] }),
    onError: (e) => void message.error(e.message),
  })
  return (
    <Space wrap style={{ marginTop: 8 }}>
      <Button size="small" type="primary" ghost loading={decide.isPending} onClick={() => decide.mutate({ decision: 'recommended' })}>{t('decision.recommend')}</Button>
      <Select<Rejection>
        size="small" value={null as unknown as Rejection} placeholder={t('decision.reject')} style={{ width: 160 }} aria-label={t('decision.reject')}
        options={rejections.map((r) => ({ value: r, label: t(`rejection.${r}`) }))} onChange={(reason) => decide.mutate({ decision: 'rejected', reason })}
      />
    </Space>
  )
}
