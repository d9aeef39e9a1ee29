import { App, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schema } from '../api/client'
import { Dialog } from '../ui/dialog'
import { FormField } from '../ui/field'

type Return = Schema['NeedReturn']

const reasons: Return['reasons'] = [
  'unclear_problem', 'missing_indicator', 'missing_condition', 'missing_scene', 'not_a_need', 'duplicate', 'own_ability', 'confidential', 'other',
]

/** GiveBack asks for the reasons of a return. */
export function GiveBack({ close, send }: { close: () => void; send: (body: Return) => Promise<unknown> }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [chosen, setChosen] = useState<Return['reasons']>([])
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const words = note.trim()
  const lacks = chosen.length === 0 ? t('return.incomplete') : chosen.includes('other') && words === '' ? t('return.otherWhat') : ''
  const go = async () => {
    setBusy(true)
    try {
      await send({ reasons: chosen, ...(words && { note: words }) })
      void message.success(t('review.returned'))
      close()
    } catch (e) {
      setWrong((e as Error).message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('review.return')} close={close} ok={t('review.return')} onOk={() => void go()} busy={busy} disabled={lacks !== ''} danger wrong={wrong}>
      <p className="muted">{t('return.hint')}</p>
      <fieldset className="checks">
        <legend>{t('return.reasons')}</legend>
        {reasons.map((r) => (
          <Checkbox key={r} checked={chosen.includes(r)} onChange={(e) => setChosen(e.target.checked ? [...chosen, r] : chosen.filter((c) => c !== r))}>
            {t(`return.${r}`)}
          </Checkbox>
        ))}
      </fieldset>
      <FormField label={t('return.note')}>
        {(wire) => <Input.TextArea {...wire} value={note} onChange={(e) => setNote(e.target.value)} maxLength={1000} rows={3} />}
      </FormField>
      {lacks && <p className="muted" role="status">{lacks}</p>}
    </Dialog>
  )
}
