import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Checkbox, Form, Input, Modal, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, ifMatch, ProblemError, type Schema } from '../api/client'

type Need = Schema['Need']
type Return = Schema['NeedReturn']

const reasons: Return['reasons'] = [
  'unclear_problem', 'missing_indicator', 'missing_condition', 'missing_scene', 'not_a_need', 'duplicate', 'own_ability', 'confidential', 'other',
]

interface Props { need: Need; done: (next: Need) => void; reload: () => void }

/** Actions move a need through review. */
export function Actions({ need, done, reload }: Props) {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const [returning, setReturning] = useState(false)
  const params = { path: { id: need.id }, header: { 'If-Match': ifMatch(need.version) } }
  const onError = (e: Error) => {
    if (e instanceof ProblemError && e.problem.status === 412) {
      reload()
      void message.warning(t('review.changed'))
    } else if (e instanceof ProblemError && e.problem.code === 'not_ready') {
      modal.warning({ title: e.problem.title, content: e.problem.detail })
    } else {
      void message.error(e.message)
    }
  }
  const submit = useMutation({ mutationFn: async () => data(await api.POST('/needs/{id}/submit', { params })), onSuccess: done, onError })
  const approve = useMutation({
    mutationFn: async () => data(await api.POST('/needs/{id}/approve', { params })),
    onSuccess: (next) => { done(next); void message.success(t('review.approved')) },
    onError,
  })
  const giveBack = useMutation({
    mutationFn: async (body: Return) => data(await api.POST('/needs/{id}/return', { params, body })),
    onSuccess: (next) => { done(next); setReturning(false) },
    onError,
  })
  return (
    <Space wrap>
      {['draft', 'interviewing', 'returned'].includes(need.status) && (
        <Button onClick={() => submit.mutate()} loading={submit.isPending}>{t('review.submit')}</Button>
      )}
      {need.status === 'review' && (
        <>
          <Button danger onClick={() => setReturning(true)}>{t('review.return')}</Button>
          <Button type="primary" onClick={() => approve.mutate()} loading={approve.isPending}>{t('review.approve')}</Button>
        </>
      )}
      <GiveBack open={returning} close={() => setReturning(false)} send={(body) => giveBack.mutate(body)} busy={giveBack.isPending} />
    </Space>
  )
}

function GiveBack({ open, close, send, busy }: { open: boolean; close: () => void; send: (body: Return) => void; busy: boolean }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Return['reasons']>([])
  const [note, setNote] = useState('')
  const incomplete = chosen.length === 0 || (chosen.includes('other') && note.trim() === '')
  return (
    <Modal
      open={open} title={t('review.return')} onCancel={close} okText={t('review.return')} okButtonProps={{ disabled: incomplete, danger: true }}
      confirmLoading={busy} onOk={() => send({ reasons: chosen, ...(note.trim() && { note: note.trim() }) })}
    >
      <Form layout="vertical">
        <Alert type="info" title={t('return.hint')} style={{ marginBottom: 12 }} />
        <Checkbox.Group
          value={chosen} onChange={(v) => setChosen(v as Return['reasons'])} options={reasons.map((r) => ({ value: r, label: t(`return.${r}`) }))}
        />
        <Form.Item label={t('return.note')} style={{ marginTop: 12 }}>
          <Input.TextArea value={note} onChange={(e) => setNote(e.target.value)} maxLength={1000} autoSize={{ minRows: 2 }} aria-label={t('return.note')} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
