import { useTranslation } from 'react-i18next'
import type { Evidence } from './value'

export interface WhyProps {
  text: string
  need?: Evidence | undefined // what the contact said
  there?: Evidence | undefined // what the other side states
  where?: string // who states it; an achievement if absent
  ask?: string | undefined // the question that would close a gap
  at: string
  chosen: string
  light: (key: string, evidence: Evidence[]) => void
}

/** One reason or gap, with what the contact said and what the other side states. */
export function Why({ text, need, there, where, ask, at, chosen, light }: WhyProps) {
  const { t } = useTranslation()
  return (
    <li className={chosen === at ? 'chosen' : undefined}>
      {need
        ? <button type="button" className="value" data-stop={at} aria-pressed={chosen === at} onClick={() => light(at, [need])}>{text}</button>
        : text}
      {(need || there) && (
        <dl className="both">
          {need && <div><dt>{t('matches.saidByContact')}</dt><dd>“{need.quote}”</dd></div>}
          {there && <div><dt>{where ?? t('matches.statedThere')}</dt><dd>“{there.quote}”</dd></div>}
        </dl>
      )}
      {ask && <p className="ask"><span>{t('matches.ask')}</span>{ask}</p>}
    </li>
  )
}
