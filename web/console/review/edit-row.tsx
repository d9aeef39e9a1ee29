import { Alert, Button, Form, Input, Modal, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import type { Indicator } from './value'

type Patch = Schema['IndicatorPatch']

interface Props {
  row: Partial<Indicator>
  close: () => void
  save: (body: Patch) => Promise<unknown>
}

interface Values {
  name: string
  op: NonNullable<Patch['op']>
  current?: string
  target?: string
  unit?: string
  condition?: string
}

const ops: NonNullable<Patch['op']>[] = ['≥', '≤', '>', '<', '=', '±', 'range', '~']

/** Reads "60~80" or "0.3" as the API takes it; undefined if it is no number. */
export function read(text: string | undefined): Schema['Quantity'] | null | undefined {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return null
  const m = /^(-?\d+(?:\.\d+)?)(?:\s*[~～至到–]\s*(-?\d+(?:\.\d+)?))?$/.exec(trimmed)
  if (!m) return undefined
  return { text: trimmed, num: Number(m[1]), num2: m[2] ? Number(m[2]) : null }
}

/** EditRow is the form for one row of indicators, or a new one. */
export function EditRow({ row, close, save }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async (body: Patch) => {
    setBusy(true)
    try {
      await save(body)
      close()
    } catch (e) {
      setWrong((e as Error).message)
    } finally {
      setBusy(false)
    }
  }
  const submit = (v: Values) => {
    const current = read(v.current)
    const target = read(v.target)
    if (current === undefined || target === undefined) {
      setWrong(t('edit.number'))
      return
    }
    void send({ ...(row.id && { id: row.id }), name: v.name.trim(), op: v.op, current, target, unit: v.unit?.trim() ?? '', condition: v.condition?.trim() || null })
  }
  const text = (name: keyof Values, required = false) => (
    <Form.Item name={name} label={t(`row.${name}`)} rules={required ? [{ required: true, message: t('edit.empty') }] : []}>
      <Input maxLength={name === 'condition' ? 300 : 100} />
    </Form.Item>
  )
  return (
    <Modal
      open title={t('field.indicator')} onCancel={close}
      footer={(
        <Space>
          {row.id && <Button danger disabled={busy} onClick={() => void send({ id: row.id ?? '', remove: true })}>{t('edit.remove')}</Button>}
          <Button onClick={close}>{t('edit.cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>{t('edit.save')}</Button>
        </Space>
      )}
    >
      <Form
        form={form} layout="vertical" onFinish={submit}
        initialValues={{
          name: row.name, op: row.op ?? '≥', current: row.current?.text, target: row.target?.text, unit: row.unit ?? '', condition: row.condition ?? '',
        }}
      >
        {wrong && <Alert type="error" title={wrong} role="alert" />}
        {text('name', true)}
        {text('current')}
        <Form.Item name="op" label={t('row.op')}><Select options={ops.map((o) => ({ value: o, label: o === 'range' ? t('row.range') : o }))} /></Form.Item>
        {text('target')}
        {text('unit')}
        {text('condition')}
      </Form>
    </Modal>
  )
}
