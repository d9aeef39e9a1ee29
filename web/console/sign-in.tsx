import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Code } from './account/totp'
import { api, data, ProblemError, type Schema } from './api/client'
import { lang, setLang } from './i18n'
import { FormField } from './ui/field'

type Me = Schema['Me']

/** The first page for those who are not signed in. */
export function SignInPage({ done }: { done: (me: Me) => void }) {
  const { t } = useTranslation()
  return (
    <main className="alone">
      <title>{t('signIn.title')}</title>
      <section className="card sign-in">
        <h1><span className="logo">探</span>{t('signIn.title')}</h1>
        <p className="muted">{t('signIn.lead')}</p>
        <form method="post" onSubmit={(e) => e.preventDefault()}><SignInForm done={done} /></form>
        <SingleSignOn />
        <button type="button" className="quiet" onClick={() => setLang(lang() === 'zh' ? 'en' : 'zh')}>{t('nav.lang')}</button>
      </section>
    </main>
  )
}

/** The way to the organisation's own sign-in, where there is one. */
function SingleSignOn() {
  const { t } = useTranslation()
  const ways = useQuery({ queryKey: ['ways'], queryFn: async () => data(await api.GET('/auth/ways')), staleTime: Infinity })
  const failed = new URLSearchParams(location.search).get('sso')
  if (!ways.data?.sso) return null
  return (
    <div className="stack sso">
      {failed && <Alert type="warning" title={t([`sso.${failed}`, 'sso.sso_failed'])} role="alert" showIcon />}
      <Button block href="/api/v1/auth/sso">{t('signIn.sso', { name: ways.data.sso })}</Button>
    </div>
  )
}

/** The fields to sign in by, inside of a form. */
export function SignInForm({ done, user }: { done: (me: Me) => void; user?: string }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState<string | null>(null) // of the second factor, once it was asked for
  const [wrong, setWrong] = useState('')
  const signIn = useMutation({
    mutationFn: async () => data(await api.POST('/auth/session', { body: { user: login.trim(), password, ...(code && { code }) } })),
    onSuccess: done,
    onError: (e) => {
      const first = e instanceof ProblemError && e.problem.code === 'code_missing' && code === null
      if (first) setCode('')
      setWrong(first ? '' : e.message)
    },
  })
  const go = () => {
    if (!login.trim()) setWrong(t('signIn.userMissing'))
    else if (!password) setWrong(t('signIn.passwordMissing'))
    else signIn.mutate()
  }
  return (
    <div className="stack">
      {wrong && <Alert type="error" title={wrong} role="alert" showIcon />}
      <FormField label={t('signIn.user')} hint={user && t('signIn.before', { name: user })}>
        {(wire) => (
          <Input {...wire} name="user" value={login} onChange={(e) => setLogin(e.target.value)} autoComplete="username" maxLength={100} autoFocus />
        )}
      </FormField>
      <FormField label={t('signIn.password')}>
        {(wire) => (
          <Input
            {...wire} name="password" type="password" value={password} onChange={(e) => setPassword(e.target.value)}
            autoComplete="current-password" maxLength={200}
          />
        )}
      </FormField>
      {code !== null && <Code code={code} set={setCode} />}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending} onClick={(e) => { e.preventDefault(); go() }}>{t('signIn.go')}</Button>
    </div>
  )
}
