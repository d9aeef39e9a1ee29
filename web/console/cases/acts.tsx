import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActDialog, type Asked } from './act-dialog'
import type { Act, Case } from './stages'

interface Props { of: Case; busy: boolean; act: (body: Act, done: () => void) => void }

/** Acts are what a broker can do in the stage of a case; the one that leads on stands first. */
export function Acts({ of: c, busy, act }: Props) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>()
  const offered = actsOf(c)
  const done = () => setAsked(undefined)
  return (
    <>
      <p className="buttons">
        {offered.map((a, i) => (
          <Button
            key={a.name} type={i === 0 && c.summary.stage !== 'closed' ? 'primary' : 'default'} danger={a.kind === 'declined' || a.kind === 'ended' || a.consent === 'refused'}
            onClick={() => { if (a.asks.length > 0) setAsked(a); else if (!busy) act({ kind: a.kind, ...(a.side && { side: a.side }), ...(a.consent && { consent: a.consent }) }, done) }}
          >
            {t(`caseAct.${a.name}`, { days: a.days ?? 0 })}
          </Button>
        ))}
      </p>
      {asked && <ActDialog asked={asked} busy={busy} close={done} send={(body) => act(body, done)} />}
    </>
  )
}

const also: Asked[] = [
  { name: 'next_step', kind: 'next_step', asks: ['step'] }, { name: 'noted', kind: 'noted', asks: ['note'] }, { name: 'ended', kind: 'ended', asks: ['outcome', 'endReason', 'note'] },
]

function actsOf(c: Case): Asked[] {
  switch (c.summary.stage) {
    case 'shortlist':
      return [{ name: 'recommended', kind: 'recommended', asks: [] }, { name: 'declined', kind: 'declined', asks: ['declineReason', 'note'] }, ...also.slice(0, 2)]
    case 'introduction':
      return [...(['need', 'supply'] as const).filter((side) => !c.consents[side]).flatMap((side): Asked[] => [
        { name: `${side}_agreed`, kind: 'consented', side, consent: 'agreed', asks: [] },
        { name: `${side}_refused`, kind: 'consented', side, consent: 'refused', asks: ['endReason', 'note'] },
      ]), ...also]
    case 'meeting':
      return [{ name: 'met', kind: 'met', asks: ['on', 'note'] }, { name: 'signed', kind: 'signed', asks: ['contract', 'on', 'note'] }, ...also]
    case 'contract':
      return [{ name: 'produced', kind: 'produced', asks: ['on', 'note'] }, ...also]
    case 'production':
    case 'follow_up':
      return [...(c.next_follow_up === 30 || c.next_follow_up === 90 || c.next_follow_up === 180
        ? [{ name: 'followed_up', kind: 'followed_up', days: c.next_follow_up, asks: ['goes', 'note'] } satisfies Asked]
        : []), ...also]
    case 'closed':
      return [{ name: 'reopened', kind: 'reopened', asks: ['note'] }, { name: 'noted', kind: 'noted', asks: ['note'] }]
  }
}
