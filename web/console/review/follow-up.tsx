import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '../api/client'
import { when } from '../format'
import { Dialog } from '../ui/dialog'

/** FollowUp makes the link by which the contact is asked for what is missing, and copies it. */
export function FollowUp({ need }: { need: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [link, setLink] = useState<{ url: string; until: string }>()
  const make = useMutation({
    mutationFn: async () => data(await api.POST('/needs/{id}/follow-up', { params: { path: { id: need } } })),
    onSuccess: async (made) => {
      void queries.invalidateQueries({ queryKey: ['need', need] }) // one in review is returned by it
      const url = new URL(made.path, location.origin).href
      setLink({ url, until: made.expires_at })
      try {
        await navigator.clipboard.writeText(url)
        void message.success(t('followUp.copied'))
      } catch {
        // Without the right to the clipboard the link is there to be copied by hand.
      }
    },
    onError: (e) => void message.error(e.message),
  })
  return (
    <>
      <Button onClick={() => make.mutate()} loading={make.isPending}>{t('followUp.make')}</Button>
      {link && (
        <Dialog title={t('followUp.title')} close={() => setLink(undefined)}>
          <p>{t('followUp.lead')}</p>
          <Input readOnly value={link.url} aria-label={t('followUp.title')} onFocus={(e) => e.target.select()} />
          <p className="muted">{t('followUp.until', { at: when(link.until) })}</p>
        </Dialog>
      )}
    </>
  )
}
