import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Dialog } from '../ui/dialog'
import { FormField } from '../ui/field'
import type { Need } from '../review/value'
import { differing, type Take, takesOf } from './differing'
import { FieldRow, RowChoice } from './sides'
import type { Pair } from './use-pair'

interface Props { keep: Need; drop: Need; pair: Pair; mayEdit: boolean }

/** Choices is what differs between two needs, field by field, and what is done with both. */
export function Choices({ keep, drop, pair, mayEdit }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const { fields, same, rows } = differing(keep, drop)
  const [taken, setTaken] = useState<Record<string, Take>>(() => takesOf(keep, drop))
  const [chosen, setChosen] = useState<string[]>(() => rows.filter((r) => !r.mine).map((r) => r.row.id))
  const [asking, setAsking] = useState<'merge' | 'supersede' | ''>('')
  const [reason, setReason] = useState('')
  const settled = !['draft', 'review', 'returned', 'published', 'shelved', 'expired'].includes(drop.status) || Boolean(keep.into)
  const onError = (e: Error) => { setAsking(''); void message.error(e.message) }
  const go = () => {
    if (asking === '') return
    const chosenFields = Object.fromEntries(Object.entries(taken).filter((e): e is [string, 'other' | 'both'] => e[1] !== 'mine'))
    pair.replace.mutate({ as: asking, fields: chosenFields, indicators: chosen, ...(reason.trim() && { reason: reason.trim() }) }, {
      onSuccess: () => { void message.success(t('compare.done')); void navigate(`/needs/${keep.id}`) }, onError,
    })
  }
  const apart = () => pair.apart.mutate(undefined, { onSuccess: () => { void message.success(t('compare.setApart')); void navigate('/need-pairs') }, onError })
  const count = Object.values(taken).filter((v) => v !== 'mine').length + chosen.length
  return (
    <>
      <table className="sides-table">
        <caption className="unseen">{t('compare.title')}</caption>
        <thead><tr><th scope="col">{t('compare.field')}</th><th scope="col">{t('compare.stays')}</th><th scope="col">{t('compare.goes')}</th><th scope="col">{t('compare.take')}</th></tr></thead>
        <tbody>
          {fields.map((f) => <FieldRow key={f.key} of={f} take={taken[f.key] ?? 'mine'} set={mayEdit && !settled ? (v) => setTaken({ ...taken, [f.key]: v }) : undefined} />)}
          {rows.map((r) => (
            <RowChoice
              key={r.row.id} of={r} taken={chosen.includes(r.row.id)}
              set={mayEdit && !settled ? (on) => setChosen(on ? [...chosen, r.row.id] : chosen.filter((id) => id !== r.row.id)) : undefined}
            />
          ))}
        </tbody>
      </table>
      {fields.length + rows.length === 0 && <p>{t('compare.noDifference')}</p>}
      {same.length > 0 && <p className="muted">{t('compare.same', { fields: same.map((k) => t(`field.${k}`)).join('、') })}</p>}
      {settled && <p className="muted">{t('compare.settled')}</p>}
      {mayEdit && !settled && (
        <p className="buttons">
          <Button type="primary" onClick={() => setAsking('merge')}>{t('compare.merge')}</Button>
          <Button onClick={() => setAsking('supersede')}>{t('compare.supersede')}</Button>
          <Button type="text" onClick={apart} loading={pair.apart.isPending}>{t('compare.apart')}</Button>
        </p>
      )}
      {asking && (
        <Dialog title={t(`compare.${asking}`)} close={() => setAsking('')} ok={t('review.yes')} onOk={go} busy={pair.replace.isPending}>
          <p>{t(asking === 'merge' ? 'compare.mergeAsks' : 'compare.supersedeAsks', { stays: keep.title, goes: drop.title })}</p>
          <p className="muted">{t('compare.takes', { count })}</p>
          <FormField label={t('compare.reason')}>{(wire) => <Input {...wire} value={reason} onChange={(e) => setReason(e.target.value)} maxLength={1000} />}</FormField>
        </Dialog>
      )}
    </>
  )
}
