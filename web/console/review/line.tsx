import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { Chip, FieldStatus } from '../ui/chip'
import { Lights } from './lights'
import { Quotes } from './quotes'
import type { Props as RecordProps } from './record'
import { type Field, rivals, shown } from './value'

interface Props extends Omit<RecordProps, 'need' | 'patch'> {
  name: string
  field: Field
  suggestion: Schema['Suggestion'] | undefined
  set?: (change: Schema['FieldPatch']) => void
}

/** Line is one field: its value, how sure it is, and what can be done with it. */
export function Line({ name, field: f, suggestion, chosen, choose, edit, set, toTalk }: Props) {
  const { t } = useTranslation()
  const isChosen = chosen === name
  const text = f.status === 'conflict' ? '' : shown(f.value)
  const label = t(`field.${name}`)
  const empty = f.status === 'delegated' && !f.to ? t('empty.someone') : t(`empty.${f.status}`, { to: f.to ?? '' })
  const toConfirm = set && text !== '' && (f.status === 'filled' || f.status === 'vague')
  return (
    <div className={isChosen ? 'field chosen' : 'field'}>
      <span className="name">{label}</span>
      <div>
        <button type="button" className={text ? 'value' : 'value empty'} data-stop={name} aria-pressed={isChosen} onClick={() => choose(name, f.evidence)}>
          <span className="unseen">{label}：</span>
          {text ? <Long text={text} open={isChosen} /> : empty}
        </button>
        {rivals(f).map(({ value, evidence }, i) => (
          <p key={i} className="rival">
            <button type="button" className="value" onClick={() => choose(name, evidence)}>{shown(value)}</button>
            {set && <button type="button" className="quiet" onClick={() => set({ value, reason: t('review.chosenRival') })}>{t('review.takeRival')}</button>}
          </p>
        ))}
        {f.raw && f.raw !== text && (!text || f.status === 'vague') && <p className="said-raw">“{f.raw}”</p>}
        {!f.value && suggestion && (
          <p className="suggestion">
            {t('review.suggested', { value: suggestion.value, why: suggestion.why })}
            {set && <button type="button" className="quiet" onClick={() => set({ value: suggestion.value, reason: t('review.tookSuggestion') })}>{t('review.take')}</button>}
          </p>
        )}
        {isChosen && <Quotes of={f.evidence} {...(toTalk && { toTalk })} />}
      </div>
      <span className="side">
        <Lights checks={text && f.source !== 'broker' ? f.checks : undefined} />
        {f.status !== 'missing' && <FieldStatus status={f.status} />}
        {f.source === 'broker' && <Chip tone="blue">{t('review.byBroker')}</Chip>}
        {f.source === 'document' && <Chip tone="blue">{t('review.byDocument')}</Chip>}
        {toConfirm && <button type="button" className="quiet" onClick={() => set({ confirm: true })} aria-label={t('review.confirmField', { field: label })}>{t('review.confirm')}</button>}
        {edit && <button type="button" className="quiet" onClick={() => edit(name)} aria-label={t('review.editField', { field: label })}>{t('review.edit')}</button>}
      </span>
    </div>
  )
}

const long = 400

/** A text of which people read the beginning first, and all of it once they choose it. */
function Long({ text, open }: { text: string; open: boolean }) {
  const { t } = useTranslation()
  if (open || text.length <= long) return text
  return <>{text.slice(0, long)}… <span className="fold">{t('showAll')}</span></>
}
