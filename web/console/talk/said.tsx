import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { clock, when } from '../format'
import { pieces } from './quote'

type Message = Schema['Message']

// Longer texts, such as a pasted document, are shown in part unless asked for.
const long = 1_200

interface Props {
  message: Message
  old: boolean // another message replaces it
  lit: Schema['Evidence'][]
}

/** Said is one message, with the quotes of the chosen value lit up. */
export function Said({ message: m, old, lit }: Props) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const points = Array.from(m.text)
  const cut = points.length > long && !all && lit.length === 0
  const text = cut ? `${points.slice(0, long).join('')}…` : m.text
  return (
    <article className={`said ${m.from}`} data-message={m.id}>
      <span className="who">
        {t(`who.${m.from}`)}{m.ai && <abbr title={t('who.aiMeans')}>AI</abbr>} · <time dateTime={m.at} title={when(m.at)}>{clock(m.at)}</time>
        {old && ` · ${t('conversations.replaced')}`}
      </span>
      {pieces(text, lit).map((p, i) => (p.lit ? <mark key={i}>{p.text}</mark> : <span key={i}>{p.text}</span>))}
      {points.length > long && lit.length === 0 && <Button type="link" size="small" onClick={() => setAll(!all)}>{t(all ? 'less' : 'showAll')}</Button>}
      {m.document_id && <p><a href={`/api/v1/documents/${m.document_id}/content`} download>{t('conversations.download')}</a></p>}
      {m.card && <dl className="card-lines">{m.card.lines.map((l, i) => <div key={i}><dt>{l.label}</dt><dd>{l.value}</dd></div>)}</dl>}
      {m.delivery && m.delivery !== 'sent' && m.from === 'broker' && <span className={`delivery ${m.delivery}`}>{t(`delivery.${m.delivery}`)}</span>}
    </article>
  )
}
