import en from './i18n/en.json'
import zh from './i18n/zh.json'

export type Lang = 'zh' | 'en'
export type Key = keyof typeof zh

const texts: Record<Lang, Record<Key, string>> = { zh, en }

/** Translates keys, with {name} standing for a value. */
export type Translate = (key: Key, values?: Record<string, string | number>) => string

export function translator(lang: Lang): Translate {
  return (key, values = {}) => texts[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** The key itself if it is one, else undefined: for keys made from data. */
export function known(key: string): Key | undefined {
  return key in zh ? (key as Key) : undefined
}

/** The language of a person's browser; Chinese unless it asks for English. */
export function preferred(browser: readonly string[]): Lang {
  return browser[0]?.toLowerCase().startsWith('en') ? 'en' : 'zh'
}
