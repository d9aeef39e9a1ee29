import { Empty, Tabs } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Replaced } from '../needs/replaced'
import { Similar } from '../needs/similar'
import { useMay } from '../session'
import { Transcript } from '../talk/transcript'
import { useNarrow } from '../theme'
import { reveal } from '../ui/reveal'
import { Trouble, Waiting } from '../ui/trouble'
import { messageOf } from '../talk/quote'
import { Editor } from './editor'
import { Experts } from './experts'
import { Finance } from './finance'
import { Head } from './head'
import { History } from './history'
import { KeysHelp } from './keys-help'
import { Matches } from './matches'
import { Record } from './record'
import { documentsOf, Source } from './source'
import { useKeys } from './use-keys'
import { type NeedInHand, useNeed } from './use-need'
import { documentOf, type Evidence, type Need } from './value'

/** Review is where a broker decides on a need: what was said beside what was made of it. */
export default function Review() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const hand = useNeed(id)
  const { found } = hand
  if (found.isPending) return <div className="sheet"><Waiting rows={10} /></div>
  if (!found.data) return <div className="sheet"><p><Link to="/needs">{t('review.back')}</Link></p><Trouble error={found.error} again={() => void found.refetch()} /></div>
  return <Desk key={id} need={found.data} hand={hand} />
}

interface Chosen { key: string; evidence: Evidence[] }

const nothing: Chosen = { key: '', evidence: [] }

function Desk({ need: n, hand }: { need: Need; hand: NeedInHand }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const mayEdit = useMay('needs:write')
  const pane = useRef<HTMLElement>(null)
  const [chosen, setChosen] = useState(nothing)
  const [tab, setTab] = useState('record')
  const [editing, setEditing] = useState('')
  const [asking, setAsking] = useState<'approve' | 'return' | 'keys' | ''>('')
  const choose = (key: string, evidence: Evidence[]) => setChosen({ key, evidence })

  const move = (by: 1 | -1) => {
    const all = [...pane.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? []]
    const now = all.findIndex((b) => b.dataset['stop'] === chosen.key)
    const next = all[now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by]
    if (!next) return
    next.focus({ preventScroll: true })
    reveal(next, 'seen')
    next.click()
  }
  const editable = mayEdit && chosen.key !== '' && !chosen.key.includes('/')
  useKeys({
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), '?': () => setAsking('keys'),
    ...(editable && tab === 'record' && { e: () => setEditing(chosen.key) }),
    ...(mayEdit && n.status === 'review' && { a: () => setAsking('approve'), r: () => setAsking('return') }),
    ...(mayEdit && ['draft', 'interviewing', 'returned'].includes(n.status) && { a: () => setAsking('approve') }),
    1: () => setTab('record'), 2: () => setTab('matches'), 3: () => setTab('experts'), 4: () => setTab('finance'), 5: () => setTab('similar'), 6: () => setTab('history'),
  })

  const documents = documentsOf(n)
  const fromDocument = documents.length > 0 && (!n.conversation_id || chosen.evidence.some((e) => documentOf(e)))
  const talk = fromDocument
    ? <Source need={n.id} documents={documents} lit={chosen.evidence} />
    : n.conversation_id
    ? <Transcript id={n.conversation_id} lit={chosen.evidence} {...noteOf(chosen, t('review.noQuote'))} />
    : <section className="pane talk"><Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('review.noTranscript')} /></section>
  const light = (key: string, evidence: Evidence[]) => {
    choose(key, evidence)
    if (narrow) setTab('talk')
  }
  const tabs = [
    {
      key: 'record', label: t('review.record'),
      children: (
        <Record
          need={n} chosen={chosen.key} choose={choose} {...(mayEdit && { edit: setEditing, patch: hand.patch })}
          {...(narrow && { toTalk: () => setTab('talk') })}
        />
      ),
    },
    ...(narrow ? [{ key: 'talk', label: t('review.transcript'), children: talk }] : []),
    { key: 'matches', label: t('review.matches'), children: <Matches need={n.id} approved={['published', 'matching', 'signed'].includes(n.status)} mayEdit={mayEdit} chosen={chosen.key} light={light} /> },
    { key: 'experts', label: t('review.experts'), children: <Experts need={n.id} mayEdit={mayEdit} chosen={chosen.key} light={light} /> },
    { key: 'finance', label: t('review.finance'), children: <Finance need={n.id} mayEdit={mayEdit} /> },
    { key: 'similar', label: t('review.similar'), children: <Similar need={n.id} /> },
    { key: 'history', label: t('review.history'), children: <History of={n} chosen={chosen.key} light={light} /> },
  ]
  return (
    <div className="desk">
      <title>{n.title || t('needs.untitled')}</title>
      <Head need={n} hand={hand} mayEdit={mayEdit} asking={asking} ask={setAsking} edit={setEditing} />
      {hand.found.error && <Trouble error={hand.found.error} again={() => void hand.found.refetch()} />}
      {n.into && <Replaced need={n} into={n.into} mayEdit={mayEdit} />}
      <div className="panes">
        {!narrow && talk}
        <section className="pane record" ref={pane} aria-label={t('review.record')}>
          <Tabs activeKey={!narrow && tab === 'talk' ? 'record' : tab} onChange={setTab} items={tabs} destroyOnHidden />
        </section>
      </div>
      {editing && <Editor key={editing} name={editing} need={n} close={() => setEditing('')} patch={hand.patch} />}
      {asking === 'keys' && <KeysHelp close={() => setAsking('')} />}
    </div>
  )
}

/** What stands over the transcript when a value is chosen that it does not explain. */
function noteOf(chosen: Chosen, text: string): { note?: string } {
  return chosen.key !== '' && !chosen.evidence.some((e) => messageOf(e)) ? { note: text } : {}
}
