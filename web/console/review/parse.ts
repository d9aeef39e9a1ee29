import { lists, money, shown } from './value'

/** The text of an edit as the API takes it; undefined if it cannot be read. */
export function parsed(key: string, text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (lists.has(key)) return trimmed.split('\n').map((l) => l.trim()).filter(Boolean)
  if (money.has(key)) return parsedMoney(trimmed)
  if (key === 'deadline') {
    const iso = parsedDeadline(trimmed)
    return iso && { iso, text: trimmed }
  }
  return trimmed
}

function parsedMoney(text: string): unknown {
  const open = /^(\d+(?:\.\d+)?)\s*(亿)?\s*(?:万?元?)\s*(以内|以下|以上)$/.exec(text)
  if (open) {
    const n = Number(open[1]) * (open[2] ? 10_000 : 1)
    return open[3] === '以上' ? { min: n, max: 0, unit: '万元' } : { min: 0, max: n, unit: '万元' }
  }
  const m = /^(\d+(?:\.\d+)?)\s*(亿)?(?:万?元?\s*[-–—~～至到]\s*(\d+(?:\.\d+)?)\s*(亿)?)?\s*(?:万?元?)$/.exec(text)
  if (!m) return undefined
  // In 50-100万 and 1-2亿 the unit behind counts for both.
  const times = (own: string | undefined) => (own || m[4] ? 10_000 : 1)
  const min = Number(m[1]) * times(m[2])
  const max = m[3] ? Number(m[3]) * times(m[4]) : min
  return min <= max ? { min, max, unit: '万元' } : undefined
}

/** A date, month, year or duration in the form of the record; undefined if it is none. */
function parsedDeadline(text: string): string | undefined {
  const duration = /^P?(\d{1,4})\s*(?:([YMWD])|(年|个?月|周|天))(?:内|以内)?$/.exec(text)
  if (duration && !/^\d{4}年/.test(text)) {
    const unit = duration[2] ?? { 年: 'Y', 月: 'M', 个月: 'M', 周: 'W', 天: 'D' }[duration[3] ?? '']
    return Number(duration[1]) > 0 ? `P${Number(duration[1])}${unit}` : undefined
  }
  const date = /^(2\d{3})年?(?:[-/.]?(\d{1,2})月?(?:[-/.]?(\d{1,2})[日号]?)?)?$/.exec(text)
  if (!date) return undefined
  const [year, month, day] = [Number(date[1]), Number(date[2] ?? 1), Number(date[3] ?? 1)]
  const at = new Date(Date.UTC(year, month - 1, day))
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined
  const two = (n: number) => String(n).padStart(2, '0')
  return [String(year), ...(date[2] ? [two(month)] : []), ...(date[3] ? [two(day)] : [])].join('-')
}

/** The text that an edit begins with. */
export function editable(key: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value) && !lists.has(key)) return editable(key, value[0]) // rivals: one has to be chosen
  if (money.has(key) && typeof value === 'object' && 'min' in value && 'max' in value) {
    if (Number(value.max) < Number(value.min)) return `${String(value.min)}以上`
    if (value.min === 0) return `${String(value.max)}以内`
    return value.min === value.max ? String(value.min) : `${String(value.min)}-${String(value.max)}`
  }
  if (key === 'deadline' && typeof value === 'object' && 'iso' in value) {
    const iso = String(value.iso)
    const duration = /^P(\d+)([YMWD])$/.exec(iso)
    return duration ? `${duration[1]}${{ Y: '年', M: '个月', W: '周', D: '天' }[duration[2] ?? ''] ?? ''}` : iso
  }
  return shown(value)
}

/** Reads "60~80" or "0.3" as the API takes it; null if it is empty, undefined if it is no number. */
export function quantity(text: string): { text: string; num: number; num2: number | null } | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const m = /^([-−]?\d+(?:\.\d+)?)(?:\s*[~～至到–—]\s*([-−]?\d+(?:\.\d+)?))?$/.exec(trimmed.replace(/^±\s*/, ''))
  if (!m) return undefined
  const number = (s: string) => Number(s.replace('−', '-'))
  return { text: trimmed, num: number(m[1] ?? ''), num2: m[2] ? number(m[2]) : null }
}
