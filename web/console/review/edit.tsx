import { Alert, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { codes } from './codes'
import { editable, lists, money, parsed } from './value'

interface Props {
  name: string
  value: unknown
  close: () => void
  save: (value: unknown, reason: string) => Promise<unknown>
}

/** Edit is the form for one field. */
export function Edit({ name, value, close, save }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(() => editable(name, value))
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const list = codes[name]
  const submit = async () => {
    const next = parsed(name, text)
    if (next === undefined) {
      setWrong(t(money.has(name) ? 'edit.money' : name === 'deadline' ? 'edit.deadline' : 'edit.empty'))
      return
    }
    setBusy(true)
    try {
      await save(next, reason.trim())
      close()
    } catch (e) {
      setWrong((e as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open title={t('review.editField', { field: t(`field.${name}`) })} onCancel={close} onOk={() => void submit()} confirmLoading={busy} okText={t('edit.save')}>
      <Form layout="vertical">
        {wrong && <Alert type="error" title={wrong} role="alert" />}
        <Form.Item label={t(`field.${name}`)} extra={lists.has(name) ? t('edit.oneALine') : money.has(name) ? t('edit.money') : name === 'deadline' ? t('edit.deadline') : undefined}>
          {list
            ? <Select value={text || null} onChange={(v: string) => setText(v)} options={list.map((c) => ({ value: c, label: c }))} aria-label={t(`field.${name}`)} />
            : <Input.TextArea value={text} onChange={(e) => setText(e.target.value)} autoSize={{ minRows: 1, maxRows: 10 }} maxLength={2000} aria-label={t(`field.${name}`)} />}
        </Form.Item>
        <Form.Item label={t('edit.reason')}>
          <Input value={reason} onChange={(e) => setReason(e.target.value)} maxLength={500} aria-label={t('edit.reason')} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
