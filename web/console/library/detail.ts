import i18next from 'i18next'
import type { Schema } from '../api/client'
import { region } from '../codes'
import { span } from '../format'

/** One thing that the library knows, as lines for people. */
export interface Known { key: string; lines: string[] }

/** The order in which people read what an import brought; what is left out here is said elsewhere. */
const order = [
  'for', 'conditions', 'purpose', 'limit', 'term_months', 'rate', 'guarantee', 'risk_share', 'regions', 'chains', 'stages', 'trl', 'valid_until', 'contact',
  'people', 'transfer', 'price', 'pilot', 'form', 'ip', 'projects', 'equipment', 'modes',
]
const elsewhere = new Set(['trl_min', 'trl_max', 'updated', 'rules'])

/** What else is known of an object of the library, in the order and the words of people. */
export function details(detail: Schema['Detail']): Known[] {
  const { trl_min: from, trl_max: to } = detail
  const all: Record<string, unknown> = { ...detail, ...(typeof from === 'number' && typeof to === 'number' && { trl: `${from}–${to}` }) }
  const names = [...order.filter((key) => key in all), ...Object.keys(all).filter((key) => !order.includes(key) && !elsewhere.has(key))]
  return names.map((key) => ({ key, lines: lines(key, all[key]) })).filter((k) => k.lines.length > 0)
}

function lines(key: string, value: unknown): string[] {
  if (value === null || value === undefined || value === '' || value === 0) return []
  if (Array.isArray(value)) {
    if (value.every((v) => typeof v === 'string')) return value.length > 0 ? [value.map((v) => word(key, v)).join('、')] : []
    return value.flatMap((v: unknown) => lines(key, v))
  }
  if (typeof value === 'object') return [pair(value as Record<string, unknown>)]
  return [word(key, String(value))]
}

function word(key: string, text: string): string {
  switch (key) {
    case 'regions': return region(text)
    case 'stages': return i18next.t(`stage.${text}`, text)
    case 'valid_until': return span(text)
    case 'limit': return i18next.t('detail.money', { amount: text })
    case 'term_months': return span(`P${text}M`)
    case 'trl': return i18next.t('detail.level', { level: text })
    default: return text
  }
}

/** A right, a project or another small record on one line. */
function pair(of: Record<string, unknown>): string {
  const text = (key: string) => (of[key] === undefined || of[key] === null ? '' : String(of[key]))
  const known = new Set(['kind', 'number', 'status', 'title', 'year', 'result'])
  const rest = Object.entries(of).filter(([key, v]) => !known.has(key) && v !== '' && v !== null && typeof v !== 'object').map(([, v]) => String(v))
  const name = [text('year'), text('kind'), text('title'), text('number')].filter(Boolean).join(' ')
  const status = text('status') && `（${text('status')}）`
  return [name + status, text('result'), ...rest].filter(Boolean).join('：')
}

/** The performance figures of an achievement, which come as one text, one a line. */
export const statements = (text: string) => text.split(/[；;](?![^（(]*[）)])/).map((s) => s.trim()).filter(Boolean)
