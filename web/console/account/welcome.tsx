import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '../api/client'
import { NewPassword } from './password'

/** What the link of an administrator opens: here a password is chosen. */
export function Welcome() {
  const { t } = useTranslation()
  const [token] = useState(() => location.hash.slice(1))
  const [login, setLogin] = useState('')
  return (
    <main className="alone">
      <title>{t('account.welcome')}</title>
      <section className="card sign-in">
        <h1><span className="logo">探</span>{t('account.welcome')}</h1>
        {login
          ? <><p>{t('account.chosen', { login })}</p><p><a href="/console">{t('account.toSignIn')}</a></p></>
          : (
            <>
              <p className="muted">{t('account.welcomeLead')}</p>
              <NewPassword
                go={t('account.save')} done={() => undefined}
                send={async (password) => {
                  setLogin(data(await api.POST('/auth/link', { body: { token, password } })).login)
                  history.replaceState(null, '', location.pathname) // the link is used up
                }}
              />
            </>
          )}
      </section>
    </main>
  )
}
