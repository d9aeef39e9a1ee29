import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, ifMatch } from '../api/client'
import { day } from '../format'
import { useMay } from '../session'
import { Chip } from '../ui/chip'
import { Dialog } from '../ui/dialog'
import { FormField } from '../ui/field'
import { type Entry, useLibraries } from './libraries'

interface Check { evidence: string; at: string }

/** How far an achievement is worked up: each item with what shows it. */
export function Checklist({ of: e }: { of: Entry }) {
  const { t } = useTranslation()
  const may = useMay('library:write') && e.editable && e.archived_at === undefined
  const steps = useLibraries().data?.checklist ?? []
  const checks = (e.values['checks'] ?? {}) as Record<string, Check | undefined>
  const [open, setOpen] = useState<string>()
  return (
    <section className="card" aria-label={t('lib.checklist')}>
      <h2>{t('lib.checklist')} {e.ripeness ? <Chip tone="green">{t(`lib.ripe.${e.ripeness}`)}</Chip> : null}</h2>
      <p className="muted">{t('lib.checklistLead')}</p>
      {steps.map((s) => (
        <div key={s.step}>
          <h3>{t(`lib.step.${s.step}`)} <span className="muted">{s.items.filter((i) => checks[i]).length} / {s.items.length}</span></h3>
          <ul className="checklist">
            {s.items.map((item) => (
              <li key={item} className={checks[item] ? 'shown' : ''}>
                <span aria-hidden>{checks[item] ? '✓' : '○'}</span>
                <div>
                  <span>{t(`lib.check.${item}`)}</span>
                  {checks[item] && <small className="muted as-written">{checks[item].evidence} · {day(checks[item].at)}</small>}
                </div>
                {may && <Give item={item} given={checks[item] !== undefined} open={() => setOpen(item)} />}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {open && <Evidence of={e} item={open} before={checks[open]?.evidence ?? ''} close={() => setOpen(undefined)} />}
    </section>
  )
}

function Give({ item, given, open }: { item: string; given: boolean; open: () => void }) {
  const { t } = useTranslation()
  const act = t(given ? 'lib.changeEvidence' : 'lib.giveEvidence')
  return <button type="button" className="quiet" onClick={open} aria-label={t('lib.evidenceOf', { act, item: t(`lib.check.${item}`) })}>{act}</button>
}

function Evidence({ of: e, item, before, close }: { of: Entry; item: string; before: string; close: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [text, setText] = useState(before)
  const put = useMutation({
    mutationFn: async (evidence: string) => data(await api.PUT('/libraries/{library}/entries/{id}/checks/{item}', {
      params: { path: { library: e.library, id: e.id, item }, header: { 'If-Match': ifMatch(e.version) } }, body: { evidence },
    })),
    onSuccess: (next) => {
      queries.setQueryData(['entry', e.library, e.id], next)
      void queries.invalidateQueries({ queryKey: ['entry-history', e.id] })
      close()
    },
  })
  return (
    <Dialog
      title={t(`lib.check.${item}`)} close={close} ok={t('edit.save')} onOk={() => put.mutate(text.trim())} busy={put.isPending} disabled={text.trim() === ''} wrong={put.error?.message}
      extra={before && <Button danger type="text" disabled={put.isPending} onClick={() => put.mutate('')}>{t('lib.takeBack')}</Button>}
    >
      <FormField label={t('lib.evidence')} hint={t('lib.evidenceHint')}>
        {(wire) => <Input.TextArea {...wire} rows={4} value={text} maxLength={500} onChange={(ev) => setText(ev.target.value)} />}
      </FormField>
    </Dialog>
  )
}
