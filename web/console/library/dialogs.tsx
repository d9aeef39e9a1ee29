import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, data, type Schema } from '../api/client'
import { region } from '../codes'
import { day } from '../format'
import { useMay } from '../session'
import { Chip } from '../ui/chip'
import { Dialog } from '../ui/dialog'
import { Trouble, Waiting } from '../ui/trouble'
import { details, statements } from './detail'
import { NeedsFor } from './needs-for'

/** All that is known of an achievement. */
export function AchievementDialog({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation()
  const mayRead = useMay('needs:read')
  const found = useQuery({ queryKey: ['achievement', id], queryFn: async () => data(await api.GET('/achievements/{id}', { params: { path: { id } } })) })
  const a = found.data
  return (
    <Dialog title={a?.title ?? t('nav.achievements')} close={close} wide>
      {found.isPending && <Waiting />}
      {found.error && <Trouble error={found.error} again={() => void found.refetch()} />}
      {a && (
        <>
          <Words list={a.keywords} />
          <p>{a.summary}</p>
          <h3>{t('library.indicators')}</h3>
          <ul className="plain-list">{statements(a.indicators).map((line) => <li key={line}>{line}</li>)}</ul>
          <Facts
            first={[
              [t('library.stage'), a.trl ? t('library.stageTrl', { stage: t(`stage.${a.stage}`, a.stage), trl: a.trl }) : t(`stage.${a.stage}`, a.stage)],
              [t('library.owner'), [a.owner_org, region(a.region)].filter(Boolean).join(' · ')], [t('needs.chain'), a.chain], [t('library.code'), a.code],
            ]}
            detail={a.detail} updated={a.updated_at}
          />
          {mayRead && <NeedsFor achievement={a.id} leave={close} />}
        </>
      )}
    </Dialog>
  )
}

/** All that is known of an expert. */
export function ExpertDialog({ of: e, close }: { of: Schema['Expert']; close: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={`${e.name} ${e.title}`} close={close} wide>
      <Words list={e.keywords} />
      <p>{e.summary}</p>
      <Facts first={[[t('library.owner'), [e.org, region(e.region)].filter(Boolean).join(' · ')], [t('needs.chain'), e.chain]]} detail={e.detail} updated={e.updated_at} />
    </Dialog>
  )
}

/** All that is known of a finance product. */
export function ProductDialog({ of: f, close }: { of: Schema['FinanceProduct']; close: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={f.name} close={close} wide>
      <p>{f.summary}</p>
      <Facts first={[[t('library.funder'), f.org], [t('library.kind'), f.kind]]} detail={f.detail} updated={f.updated_at} />
    </Dialog>
  )
}

function Words({ list }: { list: string[] }) {
  if (list.length === 0) return null
  return <p className="words">{list.map((w) => <Chip key={w}>{w}</Chip>)}</p>
}

interface FactsProps {
  first: [name: string, text: string][]
  detail: Schema['Detail']
  updated: string
}

function Facts({ first, detail, updated }: FactsProps) {
  const { t } = useTranslation()
  const known = details(detail)
  return (
    <dl className="facts">
      {first.filter(([, text]) => text).map(([name, text]) => <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}
      {known.map(({ key, lines }) => (
        <div key={key}><dt>{t([`detail.${key}`, 'detail.other'])}</dt><dd>{lines.map((line) => <span key={line}>{line}</span>)}</dd></div>
      ))}
      <div><dt>{t('library.updated')}</dt><dd>{day(updated)}</dd></div>
    </dl>
  )
}
