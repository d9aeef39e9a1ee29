import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, newKey } from '../api/client'

const longest = 4_000

/** Composer sends what a broker answers; what is not sent yet outlives the page. */
export function Composer({ id }: { id: string }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const store = `tanxu.draft.${id}`
  const [text, setText] = useState(() => sessionStorage.getItem(store) ?? '')
  // The key of one text: sent again after an outage, it still arrives once.
  const [key, setKey] = useState(newKey)
  const write = (next: string) => {
    setText(next)
    sessionStorage.setItem(store, next)
  }
  const say = useMutation({
    mutationFn: async (body: string) => data(await api.POST('/conversations/{id}/messages', {
      params: { path: { id }, header: { 'Idempotency-Key': key } }, body: { text: body },
    })),
    onSuccess: () => {
      write('')
      setKey(newKey())
      for (const name of [['messages', id], ['conversations'], ['conversation', id]]) void queries.invalidateQueries({ queryKey: name })
    },
  })
  const send = () => { if (text.trim() && !say.isPending) say.mutate(text.trim()) }
  return (
    <div className="foot">
      {say.error && <Alert type="error" title={say.error.message} role="alert" showIcon />}
      <div className="composer">
        <textarea
          className="text" rows={2} value={text} maxLength={longest} aria-label={t('conversations.reply')} placeholder={t('conversations.reply')} autoFocus
          onChange={(e) => { write(e.target.value); if (say.error) { say.reset(); setKey(newKey()) } }}
          onKeyDown={(e) => {
            if (e.key !== 'Enter' || e.shiftKey || e.nativeEvent.isComposing) return
            e.preventDefault()
            send()
          }}
        />
        <Button type="primary" loading={say.isPending} disabled={!text.trim()} onClick={send}>{t('conversations.send')}</Button>
      </div>
      <small className="muted">{t('conversations.keys')}{text.length > longest / 2 && ` · ${text.length}/${longest}`}</small>
    </div>
  )
}
