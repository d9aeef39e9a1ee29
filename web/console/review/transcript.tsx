import { useQuery } from '@tanstack/react-query'
import { Alert, Spin } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { when } from '../format'
import { messageOf, pieces } from './quote'

type Message = Schema['Message']
type Evidence = Schema['Evidence']

/** All that was said in a conversation; the API gives at most 100 messages a page. */
async function everything(id: string): Promise<Message[]> {
  const all: Message[] = []
  for (let cursor: string | undefined; ;) {
    const page = data(await api.GET('/conversations/{id}/messages', {
      params: { path: { id }, query: { limit: 100, ...(cursor && { cursor }) } },
    }))
    all.push(...page.items)
    if (!page.next_cursor) return all
    cursor = page.next_cursor
  }
}

/** Transcript shows a conversation, with the evidence of the chosen value lit up and in view. */
export function Transcript({ id, lit }: { id: string; lit: Evidence[] }) {
  const { t } = useTranslation()
  const pane = useRef<HTMLElement>(null)
  const messages = useQuery({ queryKey: ['messages', id], queryFn: () => everything(id) })
  useEffect(() => {
    pane.current?.querySelector('mark')?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  }, [lit])
  if (messages.error) return <Alert type="error" title={messages.error.message} />
  return (
    <section className="pane" ref={pane} aria-label={t('review.transcript')} tabIndex={0}>
      {messages.isPending && <Spin />}
      {messages.data?.filter((m) => m.text !== '' || m.card).map((m) => (
        <Said key={m.id} message={m} lit={lit.filter((e) => messageOf(e) === m.id)} />
      ))}
    </section>
  )
}

function Said({ message: m, lit }: { message: Message; lit: Evidence[] }) {
  const { t } = useTranslation()
  return (
    <div className={`said ${m.from}`}>
      <span className="who">{t(`who.${m.from}`)} · {when(m.at)}{m.ai && ' · AI'}</span>
      {pieces(m.text, lit).map((p, i) => (p.lit ? <mark key={i} className="now">{p.text}</mark> : <span key={i}>{p.text}</span>))}
      {m.card && <ul>{m.card.lines.map((l) => <li key={l.key}>{l.label}：{l.value}</li>)}</ul>}
    </div>
  )
}
