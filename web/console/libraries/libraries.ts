import { useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { region } from '../codes'
import { span } from '../format'

export type LibraryName = Schema['LibraryName']
export type Entry = Schema['Entry']
export type Field = Schema['LibraryField']

export const names: LibraryName[] = ['achievements', 'experts', 'providers', 'finance-products', 'organisations']

export const isLibrary = (name: string | undefined): name is LibraryName => names.some((n) => n === name)

/** The libraries with their fields, counts and reminders. */
export function useLibraries() {
  return useQuery({ queryKey: ['libraries'], queryFn: async () => data(await api.GET('/libraries')) })
}

/** The library that a page is about; undefined until it is known. */
export const useLibrary = (name: LibraryName) => useLibraries().data?.items.find((l) => l.library === name)

/** How a field is called in a library. */
export function useLabel(library: LibraryName) {
  const { t } = useTranslation()
  return (key: string) => t([`lib.of.${library}.${key}`, `lib.field.${key}`], key)
}

// How many characters a word has at most; what is longer is a statement with a line of its own.
const word = 12

/** A value as lines for people. */
export function lines(field: Field, value: unknown): string[] {
  if (value === undefined || value === null || value === '') return []
  switch (field.shape) {
    case 'region': return [region(String(value))]
    case 'regions': return [(value as string[]).map(region).join('、')]
    case 'day': return [span(String(value))]
    case 'number': return [field.unit === '个月' ? span(`P${String(value)}M`) : `${String(value)} ${field.unit ?? ''}`.trim()]
    case 'level': return [i18next.t('detail.level', { level: String(value) })]
    case 'long': return String(value).split('\n')
    case 'texts': return (value as string[]).every((s) => s.length <= word) ? [(value as string[]).join('、')] : value as string[]
    case 'choices': return [(value as string[]).join('、')]
    case 'records': return (value as Record<string, unknown>[]).map((r) => record(field, r))
    case 'choice': return [field.key === 'stage' ? i18next.t(`stage.${String(value)}`, String(value)) : String(value)]
    case 'rules': return (value as { text: string }[]).map((r) => r.text)
    case 'checks': return []
    default: return [String(value)]
  }
}

/** A small record on one line. */
function record(field: Field, of: Record<string, unknown>): string {
  return (field.parts ?? []).map((p) => of[p.key]).filter((v) => v !== undefined && v !== '').map(String).join(' · ')
}

/** What a change in the history says, short. */
export function brief(field: Field | undefined, value: unknown): string {
  if (value === undefined || value === null) return '—'
  if (field && field.shape !== 'checks') return lines(field, value).join('；') || '—'
  if (typeof value === 'object') return Object.keys(value).map((item) => i18next.t(`lib.check.${item}`, item)).join('、')
  return String(value)
}
