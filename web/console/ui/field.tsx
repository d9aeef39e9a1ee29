import type { ReactNode } from 'react'

interface Props {
  label: string
  hint?: string | undefined
  children: ReactNode
}

/** A labelled control of a form. */
export function FormField({ label, hint, children }: Props) {
  return (
    <div className="form-field">
      <label><span>{label}</span>{children}</label>
      {hint && <small>{hint}</small>}
    </div>
  )
}

interface ChoiceProps {
  value: string
  options: { value: string; label: string }[]
  choose: (value: string) => void
  label?: string // where no FormField says it
  none?: string // text of the choice of nothing
}

/** A choice among few things. */
export function Choice({ value, options, choose, label, none }: ChoiceProps) {
  return (
    <select className="choice" value={value} aria-label={label} onChange={(e) => choose(e.target.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {options.map((o) => <option key={o.value} value={o.value}>{o.label}</option>)}
    </select>
  )
}
