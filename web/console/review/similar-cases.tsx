import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, data } from '../api/client'
import { Chip } from '../ui/chip'

/** SimilarCases tells how it went with needs like this one; nothing where there are none. */
export function SimilarCases({ need }: { need: string }) {
  const { t } = useTranslation()
  const list = useQuery({ queryKey: ['similar-cases', need], queryFn: async () => data(await api.GET('/needs/{id}/similar-cases', { params: { path: { id: need } } })) })
  if (!list.data?.items.length) return null
  return (
    <details className="match" open>
      <summary>{t('matches.similarCases', { count: list.data.items.length })}</summary>
      <ul className="before">
        {list.data.items.map((c) => (
          <li key={c.case_id}>
            <Link to={`/cases/${c.case_id}`}>{c.need_title || t('needs.untitled')}</Link>{' '}
            <Chip tone={c.outcome === 'solved' || !c.outcome ? 'green' : 'plain'}>{c.outcome ? t(`caseOutcome.${c.outcome}`) : t(`caseStage.${c.stage}`)}</Chip>
            {c.reason && <span>{t([`rejection.${c.reason}`, `endReason.${c.reason}`], c.reason)}</span>}
            <small className="muted">{t(`caseSupply.${c.library}`)}：{c.supply_title || t('cases.hidden')}</small>
          </li>
        ))}
      </ul>
    </details>
  )
}
