import { type ReactNode, useId } from 'react'

/** What ties a control to its label and its hint. */
export interface Wire { id: string; 'aria-describedby'?: string }

interface Props {
  label: string
  hint?: string | undefined
  children: (wire: Wire) => ReactNode
}

/** A labelled control of a form. */
export function FormField({ label, hint, children }: Props) {
  const id = useId()
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, ...(hint && { 'aria-describedby': `${id}-hint` }) })}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  )
}

interface ChoiceProps {
  value: string
  options: { value: string; label: string }[]
  choose: (value: string) => void
  label?: string // where no FormField says it
  none?: string // text of the choice of nothing
  wire?: Wire
}

/** A choice among few things. */
export function Choice({ value, options, choose, label, none, wire }: ChoiceProps) {
  return (
    <select {...wire} className="choice" value={value} aria-label={label} onChange={(e) => choose(e.target.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
    </select>
  )
}
