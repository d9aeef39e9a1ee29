import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider, theme } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'
import { ProblemError } from './api/client'
import { Layout } from './layout'
import { Conversation } from './pages/conversation'
import { Conversations } from './pages/conversations'
import { Home } from './pages/home'
import { Library } from './pages/library'
import { Needs } from './pages/needs'
import { Review } from './review/review'
import { Session } from './session'

// A refusal will not change by asking again.
const retry = (count: number, error: Error) => count < 2 && !(error instanceof ProblemError && error.problem.status < 500)
const client = new QueryClient({ defaultOptions: { queries: { retry, staleTime: 5_000 } } })
const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''

export function App() {
  const { i18n } = useTranslation()
  const dark = useDark()
  return (
    <ConfigProvider
      csp={{ nonce }}
      locale={i18n.language === 'en' ? enUS : zhCN}
      theme={{ algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm }}
    >
      <AntApp style={{ height: '100%' }}>
        <QueryClientProvider client={client}>
          <BrowserRouter basename="/console">
            <Session>
              <Layout>
                <Routes>
                  <Route path="/" element={<Home />} />
                  <Route path="/needs" element={<Needs />} />
                  <Route path="/needs/:id" element={<Review />} />
                  <Route path="/conversations" element={<Conversations />} />
                  <Route path="/conversations/:id" element={<Conversation />} />
                  <Route path="/library/:kind" element={<Library />} />
                  <Route path="*" element={<Navigate to="/" replace />} />
                </Routes>
              </Layout>
            </Session>
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}

function useDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)')
    const change = () => setDark(media.matches)
    media.addEventListener('change', change)
    return () => media.removeEventListener('change', change)
  }, [])
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }, [dark])
  return dark
}
