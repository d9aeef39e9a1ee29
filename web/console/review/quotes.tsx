import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { placeName } from '../imports/place'
import { messageOf } from '../talk/quote'
import type { Evidence } from './value'

/** The quotes of a value that the transcript beside it cannot show: all of them on a phone, else those of documents. */
export function Quotes({ of, toTalk }: { of: Evidence[]; toTalk?: () => void }) {
  const { t } = useTranslation()
  const shown = toTalk ? of : of.filter((e) => !messageOf(e))
  if (shown.length === 0) return null
  return (
    <div className="quotes">
      {shown.map((e, i) => <blockquote key={i}>{e.quote}{!messageOf(e) && <cite>{placed(t, e)}</cite>}</blockquote>)}
      {toTalk && of.some((e) => messageOf(e)) && <button type="button" className="quiet" onClick={toTalk}>{t('review.toTalk')}</button>}
    </div>
  )
}

/** Where in a file a quote stands, in words. */
function placed(t: TFunction, e: Evidence): string {
  const place = placeName(t, e.ref.split('#')[1] ?? '')
  return place ? t('review.fromPlace', { place }) : t('review.fromDocument')
}
