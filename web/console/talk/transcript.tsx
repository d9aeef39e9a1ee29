import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, everything, type Schema } from '../api/client'
import { day } from '../format'
import { reveal } from '../ui/reveal'
import { Trouble, Waiting } from '../ui/trouble'
import { Said } from './said'
import { messageOf } from './quote'

type Evidence = Schema['Evidence']

interface Props {
  id: string
  lit?: Evidence[]
  note?: string // stands where evidence cannot be lit
  follow?: boolean // keeps the end in view
}

const none: Evidence[] = []

/** All that was said in a conversation, oldest first. */
function useMessages(id: string) {
  return useQuery({
    queryKey: ['messages', id],
    queryFn: () => everything(async (cursor) => data(await api.GET('/conversations/{id}/messages', {
      params: { path: { id }, query: { limit: 100, ...(cursor && { cursor }) } },
    }))),
  })
}

/** Transcript shows a conversation, with the evidence of the chosen value lit up and in view. */
export function Transcript({ id, lit = none, note, follow = false }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const messages = useMessages(id)
  const list = useMemo(() => {
    const said = (messages.data ?? []).filter((m) => m.text !== '' || m.card)
    const replaced = new Set(said.map((m) => m.edit_of))
    return said.map((m) => ({ message: m, old: replaced.has(m.id) }))
  }, [messages.data])
  const [at, step] = useLitQuote(box, lit, list.length)
  useLayoutEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [follow, list])
  const quotes = lit.filter((e) => messageOf(e)).length
  return (
    <section className="pane talk" aria-label={t('review.transcript')}>
      {(note || quotes > 1) && (
        <p className="pane-note" role="status">
          {note ?? t('review.quotes', { at: at + 1, count: quotes })}
          {!note && <Button size="small" onClick={step}>{t('review.nextQuote')}</Button>}
        </p>
      )}
      <div className="scroll" ref={box} tabIndex={0} role="log" aria-label={t('review.transcript')} data-scrolls>
        {messages.isPending && <Waiting rows={8} />}
        {messages.error && <Trouble error={messages.error} again={() => void messages.refetch()} />}
        {messages.data && list.length === 0 && <p className="muted">{t('conversations.silent')}</p>}
        {list.map(({ message: m, old }, i) => (
          <div key={m.id}>
            {day(m.at) !== day(list[i - 1]?.message.at ?? '1970-01-01T00:00:00Z') && <p className="date">{day(m.at)}</p>}
            <Said message={m} old={old} lit={lit.filter((e) => messageOf(e) === m.id)} />
          </div>
        ))}
      </div>
    </section>
  )
}

/** Brings the first quote into view when others are lit, and the next one at each step. */
function useLitQuote(box: RefObject<HTMLDivElement | null>, lit: Evidence[], count: number): [at: number, step: () => void] {
  const [place, setPlace] = useState({ lit, at: 0 })
  const at = place.lit === lit ? place.at : 0
  useEffect(() => {
    const quotes = box.current?.querySelectorAll('mark')
    const quote = quotes?.[at % Math.max(1, quotes.length)]
    if (quote) reveal(quote, 'upper')
  }, [box, lit, at, count])
  return [at, () => setPlace({ lit, at: (at + 1) % Math.max(1, box.current?.querySelectorAll('mark').length ?? 1) })]
}
