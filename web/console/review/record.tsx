import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { Legend } from './lights'
import { Line } from './line'
import { Quotes } from './quotes'
import { Rows } from './rows'
import { type Evidence, type Field, following, leading, type Need } from './value'

export interface Props {
  need: Need
  chosen: string // field key, "indicator:ID" or "route/N", "" for none
  choose: (key: string, evidence: Evidence[]) => void
  edit?: (key: string) => void // absent for those who may only read
  patch?: (body: Schema['NeedPatch']) => Promise<unknown>
  toTalk?: () => void // where the transcript is not in view
}

/** Record shows a need field by field; choosing a value lights up its evidence. */
export function Record(props: Props) {
  const { need, edit, patch } = props
  const { t } = useTranslation()
  const { message } = App.useApp()
  const set = patch && ((body: Schema['NeedPatch']) => void patch(body).catch((e: Error) => message.error(e.message)))
  const spoken = (key: string): Field | undefined => {
    const field = need.fields[key]
    return field && (field.status !== 'missing' || need.suggestions[key]) ? field : undefined
  }
  const line = (key: string) => {
    const field = spoken(key)
    return field && (
      <Line
        key={key} name={key} field={field} suggestion={need.suggestions[key]} {...props}
        {...(set && { set: (change: Schema['FieldPatch']) => set({ fields: { [key]: change } }) })}
      />
    )
  }
  const missing = [...leading, ...following].filter((key) => need.fields[key] && !spoken(key))
  return (
    <>
      <Legend of={need} />
      {leading.map(line)}
      <Rows {...props} {...(set && { confirm: (id: string) => set({ indicators: [{ id, confirm: true }] }) })} />
      {following.map(line)}
      {missing.length > 0 && (
        <section className="missing">
          <h3>{t('review.notAsked')}</h3>
          <p className="words">
            {missing.map((key) => (edit
              ? <Button key={key} size="small" onClick={() => edit(key)} aria-label={t('review.fill', { field: t(`field.${key}`) })}>+ {t(`field.${key}`)}</Button>
              : <span key={key} className="chip">{t(`field.${key}`)}</span>))}
          </p>
        </section>
      )}
      <Routes {...props} />
      <Digest {...props} />
    </>
  )
}

/** Wishes that are no technology needs, and where they go. */
function Routes({ need, chosen, choose, toTalk }: Props) {
  const { t, i18n } = useTranslation()
  if (need.routes.length === 0) return null
  return (
    <section>
      <h3>{t('review.routes')}</h3>
      {need.routes.map((r, i) => {
        const key = `route/${i}`
        return (
          <div className={chosen === key ? 'field chosen' : 'field'} key={key}>
            <span className="name">{t(`route.${r.kind}`)}</span>
            <div>
              <button type="button" className="value" data-stop={key} aria-pressed={chosen === key} onClick={() => choose(key, r.evidence)}>{t(`routeMeans.${r.kind}`)}</button>
              {r.why && i18n.language.startsWith('zh') && <p className="muted">{t('review.routeWhy', { why: r.why })}</p>}
              {chosen === key && <Quotes of={r.evidence} {...(toTalk && { toTalk })} />}
            </div>
          </div>
        )
      })}
    </section>
  )
}

/** What the service inferred from the need as a whole; it belongs to no field. */
function Digest({ need }: Props) {
  const { t } = useTranslation()
  const keys = ['summary', 'problem_abstract', 'keywords', 'cluster'].filter((key) => need.suggestions[key])
  if (keys.length === 0) return null
  return (
    <section>
      <h3>{t('digest.heading')}</h3>
      {keys.map((key) => (
        <div className="field" key={key}>
          <span className="name">{t(`digest.${key}`)}</span>
          <div>
            <span className="value inferred" style={{ whiteSpace: 'pre-line' }}>{need.suggestions[key]?.value}</span>
            <p className="suggestion">{t('digest.why', { why: need.suggestions[key]?.why })}</p>
          </div>
        </div>
      ))}
    </section>
  )
}
