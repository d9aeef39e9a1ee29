import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, ifMatch, ProblemError } from '../api/client'
import { useDraft } from '../draft'
import { Dialog } from '../ui/dialog'
import { FormField } from '../ui/field'
import { Control } from './control'
import { type Entry, type Field, type LibraryName, useLabel, useLibraries } from './libraries'
import { type Rule, settled } from './rules'

interface Props {
  library: LibraryName
  fields: Field[]
  entry?: Entry // absent for a new one
  close: () => void
  done: (entry: Entry) => void
}

type Values = Record<string, unknown>

interface Form { code: string; shared: boolean; values: Values; note: string }

const said = (v: unknown) => !(v === undefined || v === null || v === '' || (Array.isArray(v) && v.length === 0))

/** What differs from a record, as a patch of it: null empties a field. */
export function changed(before: Values, after: Values): Values {
  const out: Values = {}
  for (const [key, v] of Object.entries(after)) {
    if (JSON.stringify(said(v) ? v : null) !== JSON.stringify(said(before[key]) ? before[key] : null)) out[key] = said(v) ? v : null
  }
  return out
}

/** Edit is the form for a record, or for a new one. */
export function Edit({ library, fields, entry, close, done }: Props) {
  const { t } = useTranslation()
  const label = useLabel(library)
  const queries = useQueryClient()
  const { value: form, set: setForm, restored } = useDraft<Form>(`${library}/${entry?.id ?? 'new'}`, {
    code: entry && !entry.made_code ? entry.code : '', shared: entry?.shared ?? true, values: entry?.values ?? {}, note: '',
  })
  const { code, shared, values, note } = form
  const change = (next: (old: Form) => Form) => { setWrong(''); setForm(next) }
  const put = (part: Partial<Form>) => change((old) => ({ ...old, ...part }))
  const [wrong, setWrong] = useState('')
  const facts = useLibraries().data?.facts ?? []
  const save = useMutation({
    mutationFn: async ({ rules }: { rules?: Rule[] }) => {
      const all = rules ? { ...values, rules } : values
      const path = { library }
      const own = code.trim() && code.trim() !== entry?.code ? { code: code.trim() } : {}
      if (!entry) return data(await api.POST('/libraries/{library}/entries', { params: { path }, body: { ...own, shared, values: changed({}, all) } }))
      return data(await api.PATCH('/libraries/{library}/entries/{id}', {
        params: { path: { ...path, id: entry.id }, header: { 'If-Match': ifMatch(entry.version) } },
        body: { ...own, shared, values: changed(entry.values, all), ...(note.trim() && { note: note.trim() }) },
      }))
    },
    onSuccess: (e) => {
      void queries.invalidateQueries({ queryKey: ['entries', library] })
      void queries.invalidateQueries({ queryKey: ['libraries'] })
      done(e)
    },
    onError: (e) => setWrong(told(e, label)),
  })
  const go = () => {
    if (!Array.isArray(values['rules'])) {
      save.mutate({})
      return
    }
    const { rules, fault } = settled(values['rules'] as Rule[], facts, t)
    if (fault) setWrong(fault)
    else save.mutate({ rules })
  }
  return (
    <Dialog
      title={entry ? t('lib.editTitle', { name: entry.name }) : t(`lib.addTitle.${library}`)} close={close} ok={t('edit.save')} onOk={go}
      busy={save.isPending} wrong={wrong} wide
    >
      {restored && <p className="said-raw" role="status">{t('edit.restored')}</p>}
      <div className="entry-form">
        {fields.filter((f) => f.shape !== 'checks').map((f) => (
          <Control
            key={f.key} field={f} label={`${label(f.key)}${f.required ? ' *' : ''}`} value={values[f.key]} labelOf={(part) => label(part)}
            set={(v) => change((old) => ({ ...old, values: { ...old.values, [f.key]: v } }))}
          />
        ))}
        <FormField label={label('code')} hint={t('lib.codeHint')}>
          {(wire) => <Input {...wire} value={code} maxLength={64} onChange={(e) => put({ code: e.target.value })} />}
        </FormField>
        <label className="tick"><input type="checkbox" checked={shared} onChange={(e) => put({ shared: e.target.checked })} /> {t('lib.shared')}</label>
        {entry && (
          <FormField label={t('edit.reason')}>
            {(wire) => <Input {...wire} value={note} maxLength={300} onChange={(e) => put({ note: e.target.value })} />}
          </FormField>
        )}
      </div>
    </Dialog>
  )
}

/** What is wrong, field by field. */
function told(error: Error, label: (key: string) => string): string {
  if (!(error instanceof ProblemError) || !error.problem.errors?.length) return error.message
  return error.problem.errors.map((e) => `${label(e.pointer.replace('/values/', ''))}：${e.detail}`).join('；')
}
