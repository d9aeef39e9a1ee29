import type { Schema } from '../api/client'

type Evidence = Schema['Evidence']

export interface Piece { text: string; lit: boolean }

/** The id of the message that evidence refers to, undefined for other sources. */
export const messageOf = (e: Evidence) => (e.ref.startsWith('message:') ? e.ref.slice('message:'.length) : undefined)

/**
 * Cuts a text into lit and plain pieces. Offsets count code points, as the
 * service does, where strings of this language count UTF-16 units.
 */
export function pieces(text: string, evidence: Evidence[]): Piece[] {
  const points = Array.from(text)
  const spans = evidence
    .map((e) => ({ start: Math.max(0, e.start), end: Math.min(points.length, e.end) }))
    .filter((s) => s.start < s.end)
    .sort((a, b) => a.start - b.start)
  const out: Piece[] = []
  let at = 0
  for (const s of spans) {
    const start = Math.max(at, s.start)
    if (start >= s.end) continue
    if (at < start) out.push({ text: points.slice(at, start).join(''), lit: false })
    out.push({ text: points.slice(start, s.end).join(''), lit: true })
    at = s.end
  }
  if (at < points.length) out.push({ text: points.slice(at).join(''), lit: false })
  return out
}
