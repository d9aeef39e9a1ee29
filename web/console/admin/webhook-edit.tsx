import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { useMe } from '../session'
import { Dialog } from '../ui/dialog'
import { Choice, FormField } from '../ui/field'
import { Once } from './once'
import { useCentres } from './users'
import { type Event, events, kindOf } from './webhook-events'

// What most receivers want to know.
const usual: Event[] = ['need.published', 'need.signed', 'need.solved', 'case.opened', 'case.signed', 'case.ended']

/** The form of a webhook: of a new one, or of that which is given. */
export function EditWebhook({ of, close }: { of?: Schema['Webhook']; close: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const me = useMe()
  const centres = useCentres()
  const [name, setName] = useState(of?.name ?? '')
  const [url, setURL] = useState(of?.url ?? 'https://')
  const [centre, setCentre] = useState(me.centre.path)
  const [chosen, setChosen] = useState<Event[]>(of?.events ?? usual)
  const save = useMutation({
    mutationFn: async () => {
      const body = { name: name.trim(), url: url.trim(), events: events.filter((e) => chosen.includes(e)) }
      if (!of) return data(await api.POST('/webhooks', { body: { ...body, centre_path: centre } })).secret
      data(await api.PATCH('/webhooks/{id}', { params: { path: { id: of.id } }, body }))
      close()
      return ''
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['webhooks'] }),
  })
  if (save.data) {
    return <Dialog title={t('hooks.made')} close={close} ok={t('close')} onOk={close}><p>{t('hooks.madeLead')}</p><Once text={save.data} /></Dialog>
  }
  const complete = name.trim() && /^https?:\/\/[^/]/.test(url.trim()) && chosen.length > 0
  return (
    <Dialog title={of?.name ?? t('hooks.add')} close={close} ok={t(of ? 'hooks.save' : 'hooks.create')} onOk={() => save.mutate()} busy={save.isPending} disabled={!complete} wrong={save.error?.message}>
      <FormField label={t('hooks.name')}>
        {(wire) => <Input {...wire} value={name} maxLength={100} placeholder={t('hooks.namePlaceholder')} onChange={(e) => setName(e.target.value)} />}
      </FormField>
      <FormField label={t('hooks.url')} hint={t('hooks.urlHint')}>
        {(wire) => <Input {...wire} value={url} maxLength={2000} inputMode="url" autoCapitalize="off" spellCheck={false} onChange={(e) => setURL(e.target.value)} />}
      </FormField>
      {!of && <FormField label={t('hooks.centre')} hint={t('hooks.centreHint')}>{(wire) => <Choice wire={wire} value={centre} options={centres} choose={setCentre} />}</FormField>}
      {(['need', 'case'] as const).map((group) => (
        <fieldset key={group} className="checks">
          <legend>{t(`hooks.${group}s`)}</legend>
          {events.filter((e) => e.startsWith(group)).map((e) => (
            <Checkbox key={e} checked={chosen.includes(e)} onChange={(c) => setChosen(c.target.checked ? [...chosen, e] : chosen.filter((x) => x !== e))}>
              {t(kindOf(e))}
            </Checkbox>
          ))}
        </fieldset>
      ))}
    </Dialog>
  )
}
