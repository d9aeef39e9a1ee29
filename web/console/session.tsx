import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Form, Input, Spin } from 'antd'
import { createContext, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, ProblemError, type Schema } from './api/client'

type Me = Schema['Me']

const Signed = createContext<Me | null>(null)

/** Who is signed in; only below Session. */
export function useMe(): Me {
  const me = useContext(Signed)
  if (!me) throw new Error('useMe outside of Session')
  return me
}

export const useMay = (scope: string) => useMe().scopes.includes(scope)

/** Session shows its children to those who are signed in, and the sign-in to others. */
export function Session({ children }: { children: ReactNode }) {
  const me = useQuery({ queryKey: ['me'], queryFn: async () => data(await api.GET('/auth/me')), staleTime: Infinity })
  if (me.isPending) return <div className="sign-in"><Spin size="large" /></div>
  if (me.data) return <Signed value={me.data}>{children}</Signed>
  const stranger = me.error instanceof ProblemError && me.error.problem.status === 401
  return <SignIn trouble={stranger ? undefined : me.error?.message} />
}

function SignIn({ trouble }: { trouble: string | undefined }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const signIn = useMutation({
    mutationFn: async (body: Schema['SignIn']) => data(await api.POST('/auth/session', { body })),
    onSuccess: (me) => queries.setQueryData(['me'], me),
  })
  const wrong = signIn.error?.message ?? trouble
  return (
    <main className="sign-in">
      <Card title={t('signIn.title')}>
        <Form layout="vertical" onFinish={(body: Schema['SignIn']) => signIn.mutate(body)} requiredMark={false}>
          {wrong && <Alert type="error" title={wrong} style={{ marginBottom: 16 }} role="alert" />}
          <Form.Item name="user" label={t('signIn.user')} rules={[{ required: true, message: t('signIn.userMissing') }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.passwordMissing') }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>{t('signIn.go')}</Button>
        </Form>
      </Card>
    </main>
  )
}
