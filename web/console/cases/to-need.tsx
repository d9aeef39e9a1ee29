import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api, data } from '../api/client'
import { NeedStatus } from '../ui/chip'
import { Dialog } from '../ui/dialog'
import { FormField } from '../ui/field'
import type { Library } from './stages'

/** ToNeed brings a record of a library together with a need that is looked for. */
export function ToNeed({ library, supply }: { library: Library; supply: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('cases.toNeed')}</Button>
      {open && <Chooser library={library} supply={supply} close={() => setOpen(false)} />}
    </>
  )
}

const shown = 8 // needs to choose from; more words find others

function Chooser({ library, supply, close }: { library: Library; supply: string; close: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [q, setQ] = useState('')
  const [chosen, setChosen] = useState('')
  const asked = useDeferredValue(q.trim())
  const needs = useQuery({
    queryKey: ['needs', 'choose', asked],
    queryFn: async () => data(await api.GET('/needs', { params: { query: { limit: shown, ...(asked && { q: asked }) } } })),
  })
  const start = useMutation({
    mutationFn: async () => data(await api.POST('/cases', { body: { need_id: chosen, library, supply_id: supply } })),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['cases'] })
      void navigate(`/cases/${made.summary.id}`)
    },
    onError: (e) => void message.error(e.message),
  })
  return (
    <Dialog title={t('cases.toNeed')} close={close} ok={t('cases.shortlist')} onOk={() => start.mutate()} busy={start.isPending} disabled={!chosen}>
      <FormField label={t('cases.whichNeed')}>{(wire) => <Input {...wire} value={q} onChange={(e) => setQ(e.target.value)} placeholder={t('needs.search')} maxLength={100} />}</FormField>
      {needs.data?.items.length === 0 && <p className="muted">{t('needs.noneFound')}</p>}
      <fieldset className="options">
        <legend className="unseen">{t('cases.whichNeed')}</legend>
        {needs.data?.items.map((n) => (
          <label key={n.id} >
            <input type="radio" name="need" checked={chosen === n.id} onChange={() => setChosen(n.id)} />
            <span>{n.title || t('needs.untitled')} <small className="muted">{n.org}</small></span> <NeedStatus status={n.status} />
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}
