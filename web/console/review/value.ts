import type { TFunction } from 'i18next'
import type { Schema } from '../api/client'
import { span } from '../format'
import { lang } from '../i18n'

export type Need = Schema['Need']
export type Field = Schema['Field']
export type Indicator = Schema['Indicator']
export type Evidence = Schema['Evidence']
type Quantity = NonNullable<Indicator['target']>

/** Fields in the order in which people read them; the indicators stand between the first two and the others. */
export const leading = ['problem', 'scene']
export const following = [
  'expected_goal', 'key_tech', 'root_cause', 'tried', 'foundation', 'constraints', 'partner_req',
  'deadline', 'budget', 'budget_to_partner', 'coop_mode', 'ip_terms', 'confidentiality', 'decision_owner', 'need_type', 'chain', 'region',
]

export const lists = new Set(['tried', 'constraints', 'partner_req'])
export const money = new Set(['budget', 'budget_to_partner'])

interface Money { min: number; max: number; unit: string }
interface Deadline { iso: string; text: string }

/** A value of the record as people read it; several values a line each. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(shown).join('\n')
  if (typeof value !== 'object') return String(value)
  if ('min' in value) return amount(value as Money)
  const { iso, text } = value as Deadline
  const words = span(iso)
  const bare = (s: string) => s.replaceAll(/\s/g, '')
  return !text || text === iso || bare(text).includes(bare(words)) ? text && text !== iso ? text : words : `${text}（${words}）`
}

/** An amount of money, which records keep in 万元; 0 leaves a side open. */
function amount({ min, max }: Money): string {
  if (lang() !== 'en') {
    if (max < min) return `${min} 万元以上`
    if (min === 0 && max > 0) return `${max} 万元以内`
    return min === max ? `${min} 万元` : `${min}–${max} 万元`
  }
  const yuan = (n: number) => (n * 10_000).toLocaleString('en-GB')
  if (max < min) return `CNY ${yuan(min)} or more`
  if (min === 0 && max > 0) return `up to CNY ${yuan(max)}`
  return min === max ? `CNY ${yuan(min)}` : `CNY ${yuan(min)}–${yuan(max)}`
}

/** The values that contradict each other, each with its own evidence where that can be told. */
export function rivals(field: Field): { value: unknown; evidence: Evidence[] }[] {
  if (field.status !== 'conflict' || !Array.isArray(field.value)) return []
  const values = field.value as unknown[]
  const own = values.length === field.evidence.length
  return values.map((value, i) => ({ value, evidence: own ? field.evidence.slice(i, i + 1) : field.evidence }))
}

/** A figure with its comparator and unit. */
export function figure(q: Quantity | null | undefined, unit: string | null, op?: string | null): string {
  if (!q) return ''
  const sign = op && op !== 'range' && !q.text.startsWith(op) ? op : ''
  return `${sign}${q.text}${unit && !q.text.endsWith(unit) ? ` ${unit}` : ''}`
}

/** What a key is called: of a field, of what the service infers from the whole, or of the standard term for a row. */
export function keyName(t: TFunction, need: Need, key: string): string {
  const row = key.startsWith('indicator:') ? need.indicators.find((r) => `indicator:${r.id}` === key)?.name ?? '' : undefined
  return row === undefined ? t([`field.${key}`, `digest.${key}`], key) : t('digest.term', { name: row })
}

/** How much a value can be trusted: how many of its three signs are there. */
export function trust(checks: Schema['Checks'] | undefined): 'good' | 'fair' | 'poor' | undefined {
  if (!checks) return undefined
  const signs = [checks.rule, checks.aligned, checks.agree].filter(Boolean).length
  return signs === 3 ? 'good' : signs === 2 ? 'fair' : 'poor'
}

/** The id of the document that evidence points into, undefined for other sources. */
export const documentOf = (e: Evidence) => /^document:([^#]+)/.exec(e.ref)?.[1]
