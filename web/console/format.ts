import { lang } from './i18n'

/** A time as people of the centre read it. */
export function when(iso: string): string {
  return new Intl.DateTimeFormat(lang() === 'en' ? 'en-GB' : 'zh-CN', {
    dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Shanghai',
  }).format(new Date(iso))
}
