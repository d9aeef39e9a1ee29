import { type Translate, known } from '../i18n'
import type { NeedRecord } from '../types'
import { el } from './dom'

/** What was noted from the contact's words, for "my data". */
export function recordView(t: Translate, needs: NeedRecord[]): HTMLElement {
  if (needs.length === 0) return el('p', {}, t('data_empty'))
  return el('div', { class: 'record', testid: 'record' }, el('p', { class: 'dim' }, t('data_lead')), ...needs.map((need) => needView(t, need)))
}

// The order in which people read a need.
const order = [
  'problem', 'scene', 'expected_goal', 'key_tech', 'root_cause', 'tried', 'foundation', 'constraints', 'partner_req', 'deadline', 'budget',
  'budget_to_partner', 'coop_mode', 'ip_terms', 'confidentiality', 'decision_owner', 'need_type', 'chain', 'region',
] as const

function needView(t: Translate, need: NeedRecord): HTMLElement {
  const rows = order.flatMap((key) => {
    const field = need.fields?.[key]
    const text = field && (said(field.value) || without(t, field.status))
    return text ? [el('dt', {}, t(`field_${key}`)), el('dd', {}, text)] : []
  })
  const indicators = (need.indicators ?? []).map((row) => el('dd', {}, indicatorText(t, row)))
  return el('section', {}, el('h3', {}, need.title || t('data_untitled')),
    el('dl', {}, ...rows, ...(indicators.length > 0 ? [el('dt', {}, t('data_indicator')), ...indicators] : [])))
}

function indicatorText(t: Translate, row: NeedRecord['indicators'][number]): string {
  const unit = row.unit ?? ''
  const target = row.target ? `${row.op ?? ''} ${row.target.text} ${unit}` : ''
  const current = row.current ? `${t('data_now')} ${row.current.text} ${unit}` : ''
  return [`${row.name} ${target}`, current, row.condition ?? ''].map((part) => part.trim()).filter((part) => part !== '').join('，')
}

/** The words for a field that has no value. */
function without(t: Translate, status: string): string {
  const key = known(`data_${status}`)
  return key ? t(key) : ''
}

/** A value of any shape as text: texts, lists, money and dates. */
function said(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(said).filter((text) => text !== '').join('；')
  if (typeof value !== 'object' || value === null) return ''
  const { text, min, max, unit } = value as { text?: string; min?: number; max?: number; unit?: string }
  if (text !== undefined) return text
  if (min === undefined && max === undefined) return ''
  return min === max ? `${min} ${unit ?? ''}` : `${min ?? ''}–${max ?? ''} ${unit ?? ''}`
}
