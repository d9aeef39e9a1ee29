import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Dropdown } from 'antd'
import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, useNavigate } from 'react-router'
import { useAdminPages } from './admin/admin'
import { api, data } from './api/client'
import { useStats } from './api/stats'
import { lang, setLang } from './i18n'
import { useChanges } from './live'
import { useMe } from './session'

/** Layout is the bar at the top, and the page below it. */
export function Layout({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  useChanges()
  const stats = useStats()
  const admin = useAdminPages().length > 0
  const items = [
    { to: '/', label: t('nav.home') },
    { to: '/needs', label: t('nav.needs'), count: stats.data?.needs_by_status['review'] },
    { to: '/cases', label: t('nav.cases') },
    { to: '/conversations', label: t('nav.conversations'), count: stats.data?.conversations_with_broker },
    { to: '/imports', label: t('nav.imports') },
    { to: '/library', label: t('nav.libraries') },
    ...(admin ? [{ to: '/admin', label: t('admin.title') }] : []),
  ]
  return (
    <div className="shell">
      <a className="skip" href="#page">{t('nav.skip')}</a>
      <header className="bar">
        <Link className="brand" to="/"><span className="logo" aria-hidden>探</span>探需</Link>
        <nav aria-label={t('nav.main')}>
          {items.map((i) => (
            <NavLink key={i.to} to={i.to} end={i.to === '/'}>
              {i.label}{i.count ? <span className="count">{i.count}</span> : null}
            </NavLink>
          ))}
        </nav>
        <Account />
      </header>
      <main id="page" className="page" tabIndex={-1}>{children}</main>
    </div>
  )
}

function Account() {
  const { t } = useTranslation()
  const me = useMe()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const out = useMutation({
    mutationFn: async () => data(await api.DELETE('/auth/session')),
    onSettled: () => {
      queries.clear()
      sessionStorage.clear() // what was typed and not saved
      location.assign('/console')
    },
  })
  const centre = lang() === 'en' ? me.centre.name_en || me.centre.name_zh : me.centre.name_zh
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'centre', label: centre, disabled: true },
          { key: 'own', label: t('account.title'), onClick: () => void navigate('/account') },
          { key: 'lang', label: t('nav.lang'), onClick: () => setLang(lang() === 'zh' ? 'en' : 'zh') },
          { key: 'out', label: t('nav.signOut'), onClick: () => out.mutate() },
        ],
      }}
    >
      <button type="button" className="account" title={centre}><span>{me.name}</span> <span aria-hidden>▾</span></button>
    </Dropdown>
  )
}
