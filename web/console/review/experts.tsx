import { useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { OnSupply } from '../cases/on-supply'
import { region } from '../codes'
import { ExpertDialog } from '../library/dialogs'
import { Trouble, Waiting } from '../ui/trouble'
import type { Evidence } from './value'
import { Why } from './why'

interface Props {
  need: string
  mayEdit: boolean
  chosen: string
  light: (key: string, evidence: Evidence[]) => void
}

/** Experts shows who may be asked about a need, and by which work of theirs. */
export function Experts({ need, mayEdit, chosen, light }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Schema['Expert']>()
  const list = useQuery({ queryKey: ['experts-of', need], queryFn: async () => data(await api.GET('/needs/{id}/experts', { params: { path: { id: need } } })) })
  if (list.isPending) return <Waiting rows={6} />
  if (!list.data) return <Trouble error={list.error} again={() => void list.refetch()} />
  return (
    <>
      {list.data.items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('advice.noExperts')} />}
      {list.data.items.map(({ rank, expert: e, reasons }) => (
        <article key={e.id} className="match" aria-label={e.name}>
          <header>
            <h3><span className="rank">{rank}</span><button type="button" className="link" aria-haspopup="dialog" onClick={() => setOpen(e)}>{e.name} {e.title}</button></h3>
          </header>
          <p className="muted">{[e.org, region(e.region), e.chain].filter(Boolean).join(' · ')}</p>
          <ul className="why good">
            {reasons.map((r, i) => <Why key={i} text={r.text} need={r.need} there={r.expert} where={t('advice.expertStates')} at={`expert/${e.id}/${i}`} chosen={chosen} light={light} />)}
          </ul>
          <OnSupply need={need} library="experts" supply={e.id} mayEdit={mayEdit} />
        </article>
      ))}
      {open && <ExpertDialog of={open} close={() => setOpen(undefined)} />}
    </>
  )
}
