import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { ago, when } from '../format'
import { Chip, NeedStatus } from '../ui/chip'
import { List } from '../ui/list'
import { Likeness } from './likeness'

type Side = Schema['NeedSummary']
type Row = Schema['NeedPair'] & { id: string; one: Side; other: Side }

/** The row of a pair: the older need first, since it is the one that mostly stays. */
function rowOf(pair: Schema['NeedPair']): Row[] {
  const [one, other] = [...pair.needs].sort((a, b) => a.created_at.localeCompare(b.created_at))
  return one && other ? [{ ...pair, id: `${one.id}/with/${other.id}`, one, other }] : []
}

/** Pairs lists needs that are probably one. */
export default function Pairs() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <div className="sheet">
      <title>{t('pairs.title')}</title>
      <p className="crumbs"><Link to="/needs">{t('nav.needs')}</Link></p>
      <h1>{t('pairs.title')}</h1>
      <p className="muted">{t('pairs.lead')}</p>
      <List<Row>
        name={['need-pairs']} label={t('pairs.title')} empty={t('pairs.none')} open={(r) => void navigate(`/needs/${r.id}`)}
        fetch={async (cursor) => {
          const page = data(await api.GET('/need-pairs', { params: { query: { ...(cursor && { cursor }) } } }))
          return { ...page, items: page.items.flatMap(rowOf) }
        }}
        columns={[
          { title: t('pairs.one'), render: (r) => <><Link to={`/needs/${r.id}`}>{r.one.title || t('needs.untitled')}</Link><Under of={r.one} /></> },
          { title: t('pairs.other'), render: (r) => <>{r.other.title || t('needs.untitled')}<Under of={r.other} /></> },
          { title: t('pairs.why'), render: (r) => <><Chip tone={r.kind === 'exact' ? 'red' : 'amber'}>{t(`pairKind.${r.kind}`)}</Chip><Likeness likeness={r.likeness} figures={r.figures} same={r.same_org} /></> },
          { title: t('pairs.found'), render: (r) => <time dateTime={r.found_at} title={when(r.found_at)}>{ago(r.found_at)}</time> },
        ]}
      />
    </div>
  )
}

function Under({ of: n }: { of: Side }) {
  return <small className="muted">{[n.org, when(n.created_at)].filter(Boolean).join(' · ')} <NeedStatus status={n.status} /></small>
}
