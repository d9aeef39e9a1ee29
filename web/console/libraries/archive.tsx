import { useMutation } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '../api/client'
import { Dialog } from '../ui/dialog'
import { FormField } from '../ui/field'
import type { Entry } from './libraries'

/** Archive asks why a record is taken out. */
export function Archive({ of: e, close, done }: { of: Entry; close: () => void; done: (entry: Entry) => void }) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const archive = useMutation({
    mutationFn: async () => data(await api.POST('/libraries/{library}/entries/{id}/archive', {
      params: { path: { library: e.library, id: e.id } }, body: note.trim() ? { note: note.trim() } : {},
    })),
    onSuccess: done,
  })
  return (
    <Dialog title={t('lib.archiveTitle', { name: e.name })} close={close} ok={t('lib.archive')} onOk={() => archive.mutate()} busy={archive.isPending} wrong={archive.error?.message} danger>
      <p>{t('lib.archiveLead')}</p>
      <FormField label={t('lib.archiveWhy')}>{(wire) => <Input {...wire} value={note} maxLength={300} onChange={(ev) => setNote(ev.target.value)} />}</FormField>
    </Dialog>
  )
}
