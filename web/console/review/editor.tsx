import { useState } from 'react'
import type { Schema } from '../api/client'
import { EditField } from './edit-field'
import { EditRow } from './edit-row'
import type { Need } from './value'

interface Props {
  name: string // of a field, "title", "indicator:ID", or "indicator:" for a new row
  need: Need
  close: () => void
  patch: (body: Schema['NeedPatch']) => Promise<unknown>
}

/** Editor is the form for what a broker wants to change. */
export function Editor({ name, need, close, patch }: Props) {
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const save = async (body: Schema['NeedPatch']) => {
    setBusy(true)
    setWrong('')
    try {
      await patch(body)
      close()
    } catch (e) {
      setWrong((e as Error).message)
      setBusy(false)
    }
  }
  const form = { form: `${need.id}/${name}`, close, busy, wrong, setWrong }
  if (name.startsWith('indicator:')) {
    const row = need.indicators.find((r) => `indicator:${r.id}` === name)
    return <EditRow {...form} row={row} save={(indicator) => void save({ indicators: [indicator] })} />
  }
  const value = name === 'title' ? need.title : need.fields[name]?.value
  return (
    <EditField
      {...form} name={name} value={value}
      save={(next, reason) => void save(name === 'title'
        ? { title: String(next), ...(reason && { reason }) }
        : { fields: { [name]: { value: next, ...(reason && { reason }) } } })}
      {...(name !== 'title' && value !== null && value !== undefined && { clear: () => void save({ fields: { [name]: null } }) })}
    />
  )
}
