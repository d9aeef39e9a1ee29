import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'

const pages = ['users', 'keys'] as const

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
        {pages.map((p) => <NavLink key={p} to={`/admin/${p}`}>{t(`admin.${p}`)}</NavLink>)}
      </nav>
      <div className="spread"><h1>{title}</h1>{aside}</div>
      {children}
    </div>
  )
}
