import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'

/** A small word in a box. */
export function Chip({ tone = 'plain', children }: { tone?: Tone; children: React.ReactNode }) {
  return <span className={`chip ${tone}`}>{children}</span>
}

export type Tone = 'plain' | 'blue' | 'green' | 'amber' | 'red' | 'violet'

const needTones: Record<Schema['NeedStatus'], Tone> = {
  draft: 'plain', interviewing: 'blue', review: 'amber', returned: 'red', published: 'green',
  matching: 'blue', signed: 'violet', solved: 'green', shelved: 'plain', expired: 'plain', merged: 'plain', superseded: 'plain',
}

export function NeedStatus({ status }: { status: Schema['NeedStatus'] }) {
  const { t } = useTranslation()
  return <Chip tone={needTones[status]}>{t(`status.${status}`)}</Chip>
}

const fieldTones: Record<Schema['FieldStatus'], Tone> = {
  missing: 'plain', vague: 'amber', filled: 'blue', confirmed: 'green', conflict: 'red', declined: 'plain', unknown: 'plain', delegated: 'violet',
}

export function FieldStatus({ status }: { status: Schema['FieldStatus'] }) {
  const { t } = useTranslation()
  return <Chip tone={fieldTones[status]}>{t(`fieldStatus.${status}`)}</Chip>
}

const phaseTones: Record<Schema['ConversationStatus'], Tone> = {
  consent: 'plain', interviewing: 'blue', confirming: 'violet', done: 'green', handed_over: 'amber', paused: 'plain', closed: 'plain',
}

export function Phase({ status }: { status: Schema['ConversationStatus'] }) {
  const { t } = useTranslation()
  return <Chip tone={phaseTones[status]}>{t(`phase.${status}`)}</Chip>
}

/** The points of a need, as a bar and a number. */
export function Score({ value }: { value: number }) {
  const { t } = useTranslation()
  const level = value >= 70 ? 'good' : value >= 50 ? 'fair' : 'poor'
  return (
    <span className={`score ${level}`} title={t('needs.score')}>
      <meter min={0} max={100} value={value} aria-label={t('needs.score')} /><b>{value}</b>
    </span>
  )
}
