import i18next from 'i18next'
import { lang } from './i18n'

const zone = 'Asia/Shanghai'
const locale = () => (lang() === 'en' ? 'en-GB' : 'zh-CN')

/** A time as people of the centre read it. */
export const when = (iso: string) => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(iso))

/** The day of a time. */
export const day = (iso: string) => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: zone }).format(new Date(iso))

/** The time of the day. */
export const clock = (iso: string) => new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone: zone }).format(new Date(iso))

/** How long ago, for times of the last day; else the day. */
export function ago(iso: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(iso)) / 60_000))
  if (minutes === 0) return i18next.t('justNow')
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  if (minutes < 60) return words.format(-minutes, 'minute')
  if (minutes < 24 * 60) return words.format(-Math.round(minutes / 60), 'hour')
  return day(iso)
}

/** A date or a duration of the record (2027, 2027-06, 2027-06-30, P12M) in words. */
export function span(iso: string): string {
  const english = lang() === 'en'
  const duration = /^P(\d+)([YMWD])$/.exec(iso)
  if (duration) {
    const unit = ({ Y: ['年', 'year'], M: ['个月', 'month'], W: ['周', 'week'], D: ['天', 'day'] } as const)[duration[2] as 'Y' | 'M' | 'W' | 'D']
    const n = Number(duration[1])
    return english ? `${n} ${unit[1]}${n === 1 ? '' : 's'}` : `${n} ${unit[0]}`
  }
  const date = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso)
  if (!date) return iso
  const [, year, month, dayOfMonth] = date
  if (!english) return `${year}年${month ? `${Number(month)}月` : ''}${dayOfMonth ? `${Number(dayOfMonth)}日` : ''}`
  const at = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(dayOfMonth ?? 1)))
  const parts: Intl.DateTimeFormatOptions = { year: 'numeric', ...(month && { month: 'long' }), ...(dayOfMonth && { day: 'numeric' }) }
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(at)
}
