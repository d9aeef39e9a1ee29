import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '../api/client'
import { when } from '../format'
import { Dialog } from '../ui/dialog'

/** FollowUp makes the link by which the contact is asked for what is missing, and copies it. It asks first where the need is returned by that. */
export function FollowUp({ need, returns }: { need: string; returns: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [link, setLink] = useState<{ url: string; until: string }>()
  const [asking, setAsking] = useState(false)
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
    onSettled: () => setAsking(false),
  })
  return (
    <>
      <Button onClick={() => (returns ? setAsking(true) : make.mutate())} loading={make.isPending}>{t('followUp.make')}</Button>
      {asking && (
        <Dialog title={t('followUp.make')} close={() => setAsking(false)} ok={t('review.yes')} onOk={() => make.mutate()} busy={make.isPending}>
          <p>{t('followUp.returns')}</p>
        </Dialog>
      )}
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
