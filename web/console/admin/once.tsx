import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'

/** A secret that is shown this once, to copy. */
export function Once({ text }: { text: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const copy = () => navigator.clipboard.writeText(text).then(() => void message.success(t('copied')), () => void message.error(t('copyByHand')))
  return (
    <p className="once">
      <code>{text}</code> <Button size="small" onClick={() => void copy()}>{t('copy')}</Button>
    </p>
  )
}
