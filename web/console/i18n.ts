import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from './i18n/en.json'
import zh from './i18n/zh.json'

export type Lang = 'zh' | 'en'

const stored = localStorage.getItem('tanxu.lang')
const first: Lang = stored === 'en' || stored === 'zh' ? stored : 'zh'

void i18next.use(initReactI18next).init({
  lng: first,
  fallbackLng: 'zh',
  resources: { zh: { translation: zh }, en: { translation: en } },
  interpolation: { escapeValue: false },
})

export function setLang(lang: Lang) {
  localStorage.setItem('tanxu.lang', lang)
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
  void i18next.changeLanguage(lang)
}

export const lang = (): Lang => (i18next.language === 'en' ? 'en' : 'zh')
