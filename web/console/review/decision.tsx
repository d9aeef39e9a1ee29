import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema, statusOf } from '../api/client'
import { declineReasons } from '../cases/stages'
import { when } from '../format'
import { Chip } from '../ui/chip'
import { Dialog } from '../ui/dialog'
import { Choice, FormField } from '../ui/field'

type Verdict = Schema['MatchDecisionInput']
type Rejection = NonNullable<Verdict['reason']>

const rejections: readonly Rejection[] = declineReasons

interface Props { match: Schema['Match']; need: string; mayEdit: boolean }

/** Decision is what the broker made of a match, and the way to say so. */
export function Decision({ match: m, need, mayEdit }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [rejecting, setRejecting] = useState(false)
  const [again, setAgain] = useState(false)
  const decide = useMutation({
    mutationFn: async (body: Verdict) => data(await api.POST('/matches/{id}/decision', { params: { path: { id: m.id } }, body })),
    onSuccess: (next) => {
      queries.setQueryData<Schema['MatchList']>(['matches', need], (list) => list && { ...list, items: list.items.map((i) => (i.id === next.id ? next : i)) })
      for (const key of [['cases'], ['need', need]]) void queries.invalidateQueries({ queryKey: key })
      setRejecting(false)
      setAgain(false)
    },
    onError: (e) => {
      void message.error(e.message)
      if (statusOf(e) === 404) void queries.invalidateQueries({ queryKey: ['matches', need] }) // matched anew meanwhile
    },
  })
  const d = m.decision
  if (d && !again) {
    const said = [d.reason && t(`rejection.${d.reason}`, d.reason), d.note, when(d.at)].filter(Boolean).join(' · ')
    return (
      <p className="decision">
        <Chip tone={d.decision === 'recommended' ? 'green' : 'red'}>{t(`decision.${d.decision}`)}</Chip> <span className="muted">{said}</span>
        {mayEdit && <button type="button" className="quiet" onClick={() => setAgain(true)}>{t('decision.again')}</button>}
      </p>
    )
  }
  if (!mayEdit) return null
  return (
    <p className="decision">
      <Button size="small" onClick={() => decide.mutate({ decision: 'recommended' })} loading={decide.isPending && !rejecting}>{t('decision.recommend')}</Button>
      <Button size="small" type="text" onClick={() => setRejecting(true)}>{t('decision.reject')}</Button>
      {rejecting && <Reject title={m.achievement.title} close={() => setRejecting(false)} busy={decide.isPending} send={(body) => decide.mutate(body)} />}
    </p>
  )
}

function Reject({ title, close, busy, send }: { title: string; close: () => void; busy: boolean; send: (body: Verdict) => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const chosen = rejections.find((r) => r === reason)
  const go = () => { if (chosen) send({ decision: 'rejected', reason: chosen, ...(note.trim() && { note: note.trim() }) }) }
  return (
    <Dialog title={t('decision.reject')} close={close} ok={t('decision.reject')} onOk={go} busy={busy} disabled={!chosen} danger>
      <p>{title}</p>
      <FormField label={t('decision.why')}>
        {(wire) => <Choice wire={wire} value={reason} none={t('edit.choose')} options={rejections.map((r) => ({ value: r, label: t(`rejection.${r}`) }))} choose={setReason} />}
      </FormField>
      <FormField label={t('decision.note')}>
        {(wire) => <Input {...wire} value={note} onChange={(e) => setNote(e.target.value)} maxLength={1000} />}
      </FormField>
    </Dialog>
  )
}
