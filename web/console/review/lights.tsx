import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { trust } from './value'

const signs = ['aligned', 'rule', 'agree'] as const

/** A dot that says how far a value can be trusted, and by which signs. */
export function Lights({ checks }: { checks: Schema['Checks'] | undefined }) {
  const { t } = useTranslation()
  const level = trust(checks)
  if (!checks || !level) return null
  const text = [t(`trust.${level}`), ...signs.map((s) => `${checks[s] ? '✓' : '–'} ${t(`sign.${s}`)}`)].join('\n')
  return <span className={`lights ${level}`} role="img" aria-label={text} title={text} />
}
