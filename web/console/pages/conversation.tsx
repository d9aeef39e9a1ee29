import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Input, Space, Spin, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api, data } from '../api/client'
import { Transcript } from '../review/transcript'
import { useMay } from '../session'

/** Conversation shows what was said, and lets a broker take over and answer. */
export function Conversation() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const may = useMay('conversations:write')
  const [text, setText] = useState('')
  const path = { params: { path: { id } } }
  const conversation = useQuery({ queryKey: ['conversation', id], queryFn: async () => data(await api.GET('/conversations/{id}', path)) })
  const fresh = () => {
    void queries.invalidateQueries({ queryKey: ['conversation', id] })
    void queries.invalidateQueries({ queryKey: ['messages', id] })
  }
  const onError = (e: Error) => void message.error(e.message)
  const takeOver = useMutation({ mutationFn: async () => data(await api.POST('/conversations/{id}/takeover', path)), onSuccess: fresh, onError })
  const release = useMutation({ mutationFn: async () => data(await api.POST('/conversations/{id}/release', path)), onSuccess: fresh, onError })
  const say = useMutation({
    mutationFn: async (body: string) => data(await api.POST('/conversations/{id}/messages', { ...path, body: { text: body } })),
    onSuccess: () => { setText(''); fresh() },
    onError,
  })
  if (conversation.error) return <Alert type="error" title={conversation.error.message} />
  if (!conversation.data) return <Spin />
  const c = conversation.data
  const mine = c.owner === 'broker'
  const send = () => { if (text.trim()) say.mutate(text.trim()) }
  return (
    <>
      <div className="spread">
        <h1>{c.org || c.contact_name || t('conversations.unnamed')} <Tag>{t(`phase.${c.status}`)}</Tag></h1>
        <Space wrap>
          {c.need_ids.map((n, i) => <Link key={n} to={`/needs/${n}`}>{t('conversations.need', { number: i + 1 })}</Link>)}
          {may && !mine && <Button onClick={() => takeOver.mutate()} loading={takeOver.isPending}>{t('conversations.takeOver')}</Button>}
          {may && mine && <Button onClick={() => release.mutate()} loading={release.isPending}>{t('conversations.release')}</Button>}
        </Space>
      </div>
      <Transcript id={id} lit={[]} />
      {mine && may && (
        <Space.Compact style={{ width: '100%', marginTop: 12 }}>
          <Input.TextArea
            value={text} autoSize={{ minRows: 1, maxRows: 6 }} maxLength={4000} aria-label={t('conversations.reply')}
            placeholder={t('conversations.reply')} onChange={(e) => setText(e.target.value)}
            onKeyDown={(e) => {
              if (e.key !== 'Enter' || e.shiftKey || e.nativeEvent.isComposing) return
              e.preventDefault()
              send()
            }}
          />
          <Button type="primary" loading={say.isPending} onClick={send}>{t('conversations.send')}</Button>
        </Space.Compact>
      )}
    </>
  )
}
