import type { Schema } from '../api/client'

export type Field = Schema['Field']
export type Indicator = Schema['Indicator']
type Quantity = NonNullable<Indicator['target']>

/** Fields in the order in which people read them. */
export const keys = [
  'problem', 'scene', 'expected_goal', 'key_tech', 'root_cause', 'tried', 'foundation', 'constraints', 'partner_req',
  'deadline', 'budget', 'budget_to_partner', 'coop_mode', 'ip_terms', 'confidentiality', 'decision_owner', 'need_type', 'chain', 'region',
]

export const lists = new Set(['tried', 'constraints', 'partner_req'])
export const money = new Set(['budget', 'budget_to_partner'])

interface Money { min: number; max: number; unit: string }
interface Deadline { iso: string; text: string }

/** A value of the record as people read it; several values, as of a conflict, a line each. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(shown).join('\n')
  if (typeof value !== 'object') return String(value)
  if ('min' in value) {
    const m = value as Money
    return m.min === m.max ? `${m.min} ${m.unit}` : `${m.min}–${m.max} ${m.unit}`
  }
  const d = value as Deadline
  return d.text && d.text !== d.iso ? `${d.text}（${d.iso}）` : d.iso
}

export function quantity(q: Quantity | null | undefined): string {
  return q?.text ?? ''
}

/** How much a value can be trusted: how many of its three signs are there. */
export function trust(checks: Schema['Checks'] | undefined): 'good' | 'fair' | 'poor' | undefined {
  if (!checks) return undefined
  const signs = [checks.rule, checks.aligned, checks.agree].filter(Boolean).length
  return signs === 3 ? 'good' : signs === 2 ? 'fair' : 'poor'
}

/** The text of an edit as the API takes it; undefined if it cannot be read. */
export function parsed(key: string, text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (lists.has(key)) return trimmed.split('\n').map((l) => l.trim()).filter(Boolean)
  if (money.has(key)) {
    const m = /^(\d+(?:\.\d+)?)(?:\s*[-–~至到]\s*(\d+(?:\.\d+)?))?\s*(?:万元?)?$/.exec(trimmed)
    if (!m) return undefined
    const min = Number(m[1])
    const max = m[2] ? Number(m[2]) : min
    return min <= max ? { min, max, unit: '万元' } : undefined
  }
  if (key === 'deadline') {
    return /^(\d{4}(-\d{2}(-\d{2})?)?|P\d+[YMD])$/.test(trimmed) ? { iso: trimmed, text: trimmed } : undefined
  }
  return trimmed
}

/** The text that an edit begins with. */
export function editable(key: string, value: unknown): string {
  if (key === 'deadline' && value && typeof value === 'object' && !Array.isArray(value)) return (value as Deadline).iso
  return shown(value)
}
