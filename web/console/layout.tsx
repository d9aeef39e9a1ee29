import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Layout as AntLayout, Button, Menu, Space } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { api, data } from './api/client'
import { lang, setLang } from './i18n'
import { useMe } from './session'

export function Layout({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const me = useMe()
  useChanges()
  const items = [
    { key: '/', label: t('nav.home') },
    { key: '/needs', label: t('nav.needs') },
    { key: '/conversations', label: t('nav.conversations') },
    { key: '/library/achievements', label: t('nav.achievements') },
    { key: '/library/experts', label: t('nav.experts') },
    { key: '/library/finance-products', label: t('nav.finance') },
  ]
  const here = items.map((i) => i.key).filter((k) => k !== '/' && pathname.startsWith(k)).at(-1) ?? '/'
  return (
    <AntLayout style={{ minHeight: '100%' }}>
      <AntLayout.Header style={{ display: 'flex', alignItems: 'center', gap: 16, paddingInline: 24, color: '#fff' }}>
        <Link className="brand" to="/">探需</Link>
        <Menu
          theme="dark" mode="horizontal" items={items} selectedKeys={[here]} style={{ flex: 1, minWidth: 0 }}
          onClick={({ key }) => void navigate(key)}
        />
        <Space>
          <span title={me.centre.path}>{lang() === 'en' ? me.centre.name_en : me.centre.name_zh}</span>
          <Button size="small" onClick={() => setLang(lang() === 'zh' ? 'en' : 'zh')}>{t('nav.lang')}</Button>
          <SignOut />
        </Space>
      </AntLayout.Header>
      <AntLayout.Content><main className="page">{children}</main></AntLayout.Content>
    </AntLayout>
  )
}

function SignOut() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const out = useMutation({
    mutationFn: async () => data(await api.DELETE('/auth/session')),
    onSettled: () => {
      queries.clear()
      location.assign('/console')
    },
  })
  return <Button size="small" onClick={() => out.mutate()}>{t('nav.signOut')}</Button>
}

/** Reads again what the service says has changed. */
function useChanges() {
  const queries = useQueryClient()
  useEffect(() => {
    const source = new EventSource('/api/v1/events')
    const need = (e: MessageEvent<string>) => {
      const { id } = JSON.parse(e.data) as { id: string }
      void queries.invalidateQueries({ queryKey: ['need', id] })
      void queries.invalidateQueries({ queryKey: ['needs'] })
      void queries.invalidateQueries({ queryKey: ['stats'] })
    }
    const conversation = (e: MessageEvent<string>) => {
      const { id } = JSON.parse(e.data) as { id: string }
      void queries.invalidateQueries({ queryKey: ['conversation', id] })
      void queries.invalidateQueries({ queryKey: ['messages', id] })
      void queries.invalidateQueries({ queryKey: ['conversations'] })
    }
    source.addEventListener('need', need)
    source.addEventListener('conversation', conversation)
    return () => source.close()
  }, [queries])
}
