import { useQueries } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { placeName } from '../imports/place'
import { pieces } from '../talk/quote'
import { reveal } from '../ui/reveal'
import { Trouble, Waiting } from '../ui/trouble'
import { documentOf, type Evidence, type Need } from './value'

/** The documents that a need was read from, by id. */
export function documentsOf(n: Need): string[] {
  const all = [...Object.values(n.fields).flatMap((f) => f.evidence), ...n.indicators.flatMap((r) => r.evidence)]
  return [...new Set(all.map(documentOf).filter((id) => id !== undefined))]
}

/** Source shows the parts of documents that a need was read from, with the evidence of the chosen value lit. */
export function Source({ need, documents, lit }: { need: string; documents: string[]; lit: Evidence[] }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const found = useQueries({
    queries: documents.map((id) => ({
      queryKey: ['blocks', id, need],
      queryFn: async () => data(await api.GET('/documents/{id}/blocks', { params: { path: { id }, query: { need } } })),
    })),
  })
  const ready = found.filter((f) => f.data).length
  useEffect(() => {
    const quote = box.current?.querySelector('mark')
    if (quote) reveal(quote, 'upper')
  }, [lit, ready])
  return (
    <section className="pane talk" aria-label={t('imports.source')}>
      <div className="scroll" ref={box} tabIndex={0} role="region" aria-label={t('imports.source')} data-scrolls>
        {found.map((f, i) => (
          <article key={documents[i]} className="source">
            {f.isPending && <Waiting />}
            {f.error && <Trouble error={f.error} again={() => void f.refetch()} />}
            {f.data && <h3>{f.data.name}</h3>}
            {f.data?.items.map((b) => <Block key={b.ref} block={b} lit={lit.filter((e) => e.ref === b.ref)} />)}
          </article>
        ))}
      </div>
    </section>
  )
}

function Block({ block: b, lit }: { block: Schema['Block']; lit: Evidence[] }) {
  const { t } = useTranslation()
  return (
    <div className={lit.length > 0 ? 'block lit' : 'block'}>
      <p className="muted">{b.header} <small>{placeName(t, b.place)}</small></p>
      <p className="as-written">{pieces(b.text, lit).map((p, i) => (p.lit ? <mark key={i}>{p.text}</mark> : <span key={i}>{p.text}</span>))}</p>
    </div>
  )
}
