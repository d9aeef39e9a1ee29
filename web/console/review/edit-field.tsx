import { Button, Input } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { codes } from '../codes'
import { useDraft } from '../draft'
import { Dialog } from '../ui/dialog'
import { Choice, FormField } from '../ui/field'
import { editable, parsed } from './parse'
import { lists, money, shown } from './value'

interface Props {
  form: string // that its draft is kept by
  name: string
  value: unknown // as it stands now; it changes when somebody else saves
  close: () => void
  save: (value: unknown, reason: string) => void
  clear?: () => void
  busy: boolean
  wrong: string
  setWrong: (text: string) => void
}

const short = new Set(['title', 'deadline', ...money])
const rowsFor = (text: string) => Math.min(12, Math.max(3, Math.ceil(text.length / 34)))

/** EditField is the form for one field, or for the title. */
export function EditField({ form, name, value, close, save, clear, busy, wrong, setWrong }: Props) {
  const { t } = useTranslation()
  const label = name === 'title' ? t('needs.title') : t(`field.${name}`)
  const { value: { text, reason }, set, restored } = useDraft(form, { text: editable(name, value), reason: '' })
  const setText = (next: string) => set((old) => ({ ...old, text: next }))
  const setReason = (next: string) => set((old) => ({ ...old, reason: next }))
  const before = useRef(shown(value))
  const list = codes[name]
  const hint = lists.has(name) ? t('edit.oneALine') : money.has(name) ? t('edit.money') : name === 'deadline' ? t('edit.deadline') : undefined
  const submit = () => {
    const next = parsed(name, text)
    if (next === undefined) setWrong(text.trim() && hint ? hint : t('edit.empty'))
    else save(next, reason.trim())
  }
  const now = shown(value)
  return (
    <Dialog
      title={t('review.editField', { field: label })} close={close} ok={t('edit.save')} onOk={submit} busy={busy} wrong={wrong}
      extra={clear && <Button danger type="text" disabled={busy} onClick={clear}>{t('edit.clear')}</Button>}
    >
      {restored && <p className="said-raw" role="status">{t('edit.restored')}</p>}
      {now !== before.current && <p className="said-raw">{t('edit.now', { value: now || t('empty.filled') })}</p>}
      <FormField label={label} hint={hint}>
        {(wire) => (list
          ? <Choice wire={wire} value={text} none={t('edit.choose')} options={list.map((c) => ({ value: c, label: c }))} choose={setText} />
          : short.has(name)
            ? <Input {...wire} value={text} onChange={(e) => setText(e.target.value)} maxLength={name === 'title' ? 60 : 100} />
            : <Input.TextArea {...wire} value={text} onChange={(e) => setText(e.target.value)} rows={rowsFor(text)} maxLength={2000} />)}
      </FormField>
      <FormField label={t('edit.reason')}>
        {(wire) => <Input {...wire} value={reason} onChange={(e) => setReason(e.target.value)} maxLength={500} />}
      </FormField>
    </Dialog>
  )
}
