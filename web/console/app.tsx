import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'
import { statusOf } from './api/client'
import { Welcome } from './account/welcome'
import { Layout } from './layout'
import { Session } from './session'
import { themeOf, useDark } from './theme'
import { Fence } from './ui/fence'
import { Waiting } from './ui/trouble'

const Home = lazy(() => import('./pages/home'))
const Needs = lazy(() => import('./pages/needs'))
const NeedPairs = lazy(() => import('./needs/pairs'))
const Compare = lazy(() => import('./needs/compare'))
const Cases = lazy(() => import('./cases/cases'))
const CasePage = lazy(() => import('./cases/case'))
const Review = lazy(() => import('./review/review'))
const Conversations = lazy(() => import('./talk/conversations'))
const Imports = lazy(() => import('./imports/imports'))
const ImportPage = lazy(() => import('./imports/import'))
const Account = lazy(() => import('./account/account'))
const AdminHome = lazy(() => import('./admin/admin'))
const AuditLog = lazy(() => import('./admin/audit'))
const Users = lazy(() => import('./admin/users'))
const Keys = lazy(() => import('./admin/keys'))
const Webhooks = lazy(() => import('./admin/webhooks'))
const Webhook = lazy(() => import('./admin/webhook'))
const Library = lazy(() => import('./libraries/list'))
const LibraryImport = lazy(() => import('./libraries/import'))
const Pairs = lazy(() => import('./libraries/pairs'))
const Entry = lazy(() => import('./libraries/entry'))

// A refusal will not change by asking again.
const retry = (count: number, error: Error) => count < 2 && !((statusOf(error) ?? 500) < 500 && statusOf(error) !== 0)
const client = new QueryClient({ defaultOptions: { queries: { retry, staleTime: 5_000 } } })
const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''

export function App() {
  const { i18n } = useTranslation()
  const dark = useDark()
  return (
    <ConfigProvider csp={{ nonce }} locale={i18n.language === 'en' ? enUS : zhCN} theme={themeOf(dark)} button={{ autoInsertSpace: false }}>
      <AntApp className="app">
        <QueryClientProvider client={client}>
          <BrowserRouter basename="/console">
            {location.pathname === '/console/welcome' ? <Welcome /> : <Session>
              <Layout>
                <Fence>
                  <Suspense fallback={<Waiting />}>
                    <Routes>
                      <Route path="/" element={<Home />} />
                      <Route path="/needs" element={<Needs />} />
                      <Route path="/needs/:id" element={<Review />} />
                      <Route path="/needs/:id/with/:other" element={<Compare />} />
                      <Route path="/need-pairs" element={<NeedPairs />} />
                      <Route path="/cases" element={<Cases />} />
                      <Route path="/cases/:id" element={<CasePage />} />
                      <Route path="/conversations/:id?" element={<Conversations />} />
                      <Route path="/imports" element={<Imports />} />
                      <Route path="/imports/:id" element={<ImportPage />} />
                      <Route path="/library/:library?" element={<Library />} />
                      <Route path="/library/:library/import" element={<LibraryImport />} />
                      <Route path="/library/:library/pairs" element={<Pairs />} />
                      <Route path="/library/:library/:id" element={<Entry />} />
                      <Route path="/account" element={<Account />} />
                      <Route path="/admin" element={<AdminHome />} />
                      <Route path="/admin/users" element={<Users />} />
                      <Route path="/admin/keys" element={<Keys />} />
                      <Route path="/admin/webhooks" element={<Webhooks />} />
                      <Route path="/admin/webhooks/:id" element={<Webhook />} />
                      <Route path="/admin/audit" element={<AuditLog />} />
                      <Route path="*" element={<Navigate to="/" replace />} />
                    </Routes>
                  </Suspense>
                </Fence>
              </Layout>
            </Session>}
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}
