import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema, sessions, statusOf } from './api/client'
import { ChangePassword } from './account/password'
import { SignInForm, SignInPage } from './sign-in'
import { Dialog } from './ui/dialog'
import { Trouble, Waiting } from './ui/trouble'

type Me = Schema['Me']

const Signed = createContext<Me | null>(null)

/** Who is signed in; only below Session. */
export function useMe(): Me {
  const me = useContext(Signed)
  if (!me) throw new Error('useMe outside of Session')
  return me
}

export const useMay = (scope: string) => useMe().scopes.includes(scope)

/**
 * Session shows its children to those who are signed in, and the sign-in to
 * others. When the session ends it is asked for again over the page, so that
 * nothing that was written there is lost.
 */
export function Session({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [expired, setExpired] = useState(false)
  const me = useQuery({ queryKey: ['me'], queryFn: async () => data(await api.GET('/auth/me')), staleTime: Infinity })
  useEffect(() => {
    const end = () => setExpired(true)
    sessions.addEventListener('expired', end)
    return () => sessions.removeEventListener('expired', end)
  }, [])
  const known = me.data
  const again = (next: Me) => {
    if (next.id !== known?.id) location.assign('/console') // somebody else: what the page holds is not theirs
    setExpired(false)
    queries.setQueryData(['me'], next)
    void queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'me' })
  }
  if (me.isPending) return <main className="alone"><Waiting rows={2} /></main>
  if (known?.must_change_password) return <FirstPassword />
  if (known) {
    return (
      <Signed value={known}>
        {children}
        {expired && (
          <Dialog title={t('signIn.again')}>
            <p>{t('signIn.why')}</p>
            <SignInForm done={again} user={known.name} />
          </Dialog>
        )}
      </Signed>
    )
  }
  if (me.error && statusOf(me.error) !== 401) return <main className="alone"><Trouble error={me.error} again={() => void me.refetch()} /></main>
  return <SignInPage done={(next) => { setExpired(false); queries.setQueryData(['me'], next) }} />
}

/** What stands between a password of somebody else's choice and the console. */
function FirstPassword() {
  const { t } = useTranslation()
  return (
    <main className="alone">
      <title>{t('account.first')}</title>
      <section className="card sign-in"><h1><span className="logo">探</span>{t('account.first')}</h1><p className="muted">{t('account.firstLead')}</p><ChangePassword done={() => undefined} /></section>
    </main>
  )
}
