import type { TFunction } from 'i18next'

/** A place of a document in words: "sheet=汇总&cell=J10" is 工作表“汇总”的 J10. */
export function placeName(t: TFunction, place: string): string {
  const words = place.split('&').flatMap((part) => {
    const at = part.indexOf('=')
    return at < 0 ? [] : [t(`imports.in.${part.slice(0, at)}`, { name: decode(part.slice(at + 1)), defaultValue: '' })]
  })
  return words.filter(Boolean).join(t('imports.in.joined'))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
