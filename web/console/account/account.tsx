import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session'
import { ChangePassword } from './password'
import { TOTP } from './totp'

/** The own account: password and second factor. */
export default function Account() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const me = useMe()
  return (
    <div className="sheet">
      <title>{t('account.title')}</title>
      <h1>{t('account.title')}</h1>
      <p className="muted">{me.name} · {t(`users.role.${me.role}`)}</p>
      <section className="card narrow"><h2>{t('account.password')}</h2><ChangePassword done={() => void message.success(t('account.changed'))} /></section>
      <section className="card narrow"><h2>{t('account.totp')}</h2><TOTP /></section>
    </div>
  )
}
