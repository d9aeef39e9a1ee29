import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, NavLink } from 'react-router'
import { useMe } from '../session'

// The pages, with what one must be allowed to see them.
const pages = [['users', 'admin'], ['keys', 'admin'], ['webhooks', 'admin'], ['audit', 'audit']] as const

/** The pages that the signed-in person may see. */
export function useAdminPages() {
  const { scopes } = useMe()
  return pages.filter(([, scope]) => scopes.includes(scope)).map(([page]) => page)
}

interface Props {
  title: string
  aside?: ReactNode
  children: ReactNode
}

/** Admin is the frame of the pages for those who look after a centre. */
export function Admin({ title, aside, children }: Props) {
  const { t } = useTranslation()
  return (
    <div className="sheet">
      <title>{title}</title>
      <nav className="tabs" aria-label={t('admin.title')}>
        {useAdminPages().map((p) => <NavLink key={p} to={`/admin/${p}`}>{t(`admin.${p}`)}</NavLink>)}
      </nav>
      <div className="spread"><h1>{title}</h1>{aside}</div>
      {children}
    </div>
  )
}

/** Where /admin leads. */
export default function AdminHome() {
  const [first] = useAdminPages()
  return <Navigate to={first ? `/admin/${first}` : '/'} replace />
}
