import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

/** Filters that stand in the address, so that a list can be sent to others. */
export function useFilters<K extends string>(): [values: Partial<Record<K, string>>, set: (name: K, value: string) => void] {
  const [params, setParams] = useSearchParams()
  const set = (name: K, value: string) => {
    const next = new URLSearchParams(params)
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next, { replace: true })
  }
  return [Object.fromEntries(params) as Partial<Record<K, string>>, set]
}

/** The words to look for. */
export function Search({ value, label, set }: { value: string; label: string; set: (q: string) => void }) {
  const { t } = useTranslation()
  return (
    <Input.Search
      key={value} className="search" allowClear defaultValue={value} placeholder={label} aria-label={label} maxLength={100}
      enterButton={t('find')} onSearch={(v) => set(v.trim())}
    />
  )
}

interface ChipsProps {
  label: string
  value: string
  options: { value: string; label: string; count?: number | undefined }[]
  choose: (value: string) => void
}

/** A choice among few things that are all shown, with how many there are of each. */
export function Chips({ label, value, options, choose }: ChipsProps) {
  return (
    <div className="chips" role="group" aria-label={label}>
      {options.map((o) => (
        <button key={o.value} type="button" aria-pressed={o.value === value} onClick={() => choose(o.value)}>
          {o.label}{o.count !== undefined && <span className="count">{o.count}</span>}
        </button>
      ))}
    </div>
  )
}
