import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { type Need, shown, trust } from './value'

const signs = ['aligned', 'rule', 'agree'] as const
const levels = ['good', 'fair', 'poor'] as const

/** A dot that says how far a value can be trusted, and by which signs. */
export function Lights({ checks }: { checks: Schema['Checks'] | undefined }) {
  const { t } = useTranslation()
  const level = trust(checks)
  if (!checks || !level) return null
  const text = [t(`trust.${level}`), ...signs.map((s) => `${checks[s] ? '✓' : '–'} ${t(`sign.${s}`)}`)].join('\n')
  return <span className={`lights ${level}`} role="img" aria-label={text} title={text} />
}

/** What the dots of a need mean, as far as it has any. */
export function Legend({ of: n }: { of: Need }) {
  const { t } = useTranslation()
  const seen = new Set([
    ...Object.values(n.fields).filter((f) => f.source !== 'broker' && f.status !== 'conflict' && shown(f.value)).map((f) => trust(f.checks)),
    ...n.indicators.filter((r) => r.evidence.length > 0).map((r) => trust(r.checks)),
  ])
  const here = levels.filter((l) => seen.has(l))
  if (here.length === 0) return null
  return (
    <p className="legend muted" title={t('trust.short')}>
      {t('trust.legend')}{here.map((l) => <span key={l}><span className={`lights ${l}`} aria-hidden /> {t(`trust.${l}`)}</span>)}
    </p>
  )
}
