import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { ago, when } from '../format'
import { useMay } from '../session'
import { Chip, type Tone } from '../ui/chip'
import { List } from '../ui/list'
import { Trouble } from '../ui/trouble'
import { upload } from './upload'

type Import = Schema['Import']

const tones: Record<Schema['ImportState'], Tone> = {
  reading: 'blue', ready: 'amber', running: 'blue', done: 'green', failed: 'red', cancelled: 'plain',
}

export function State({ state }: { state: Schema['ImportState'] }) {
  const { t } = useTranslation()
  return <Chip tone={tones[state]}>{t(`imports.state.${state}`)}</Chip>
}

/** Imports takes files of needs in, and lists those that were. */
export default function Imports() {
  const { t } = useTranslation()
  const may = useMay('needs:write')
  return (
    <div className="sheet">
      <title>{t('nav.imports')}</title>
      <h1>{t('nav.imports')}</h1>
      {may && <Drop />}
      <ImportList />
    </div>
  )
}

/** The files that were imported, or those of one library. */
export function ImportList({ into }: { into?: Schema['LibraryName'] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <List<Import>
      name={['imports', into]} label={t('nav.imports')} empty={t('imports.none')} open={(i) => void navigate(`/imports/${i.id}`)}
      fetch={async (cursor) => data(await api.GET('/imports', { params: { query: { ...(into && { library: into }), ...(cursor && { cursor }) } } }))}
      columns={[
        { title: t('imports.file'), render: (i) => <><Link to={`/imports/${i.id}`}>{i.name}</Link> {!into && i.library && <Chip tone="blue">{t(`lib.name.${i.library}`)}</Chip>}</> },
        { title: t('imports.stateTitle'), render: (i) => <State state={i.state} /> },
        { title: t('imports.rows'), render: (i) => (i.total ? `${i.done} / ${i.total}` : '—') },
        { title: t(into ? 'imports.madeRecords' : 'imports.made'), render: (i) => (i.library ? i.added + i.updated : i.needs) },
        { title: t('imports.at'), render: (i) => <time dateTime={i.created_at} title={when(i.created_at)}>{ago(i.created_at)}</time> },
      ]}
    />
  )
}

/** Where files are dropped or chosen, of needs or of a library. */
export function Drop({ into }: { into?: Schema['LibraryName'] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState('')
  const [over, setOver] = useState(false)
  const [error, setError] = useState<Error>()
  const send = async (file: File | undefined) => {
    if (!file || busy) return
    setError(undefined)
    setBusy(file.name)
    try {
      const done = await upload(file, into)
      void queries.invalidateQueries({ queryKey: ['imports'] })
      void navigate(`/imports/${done.import.id}`, { state: { duplicate: done.duplicate } })
    } catch (e) {
      setError(e as Error)
    } finally {
      setBusy('')
    }
  }
  const drop = (e: DragEvent) => {
    e.preventDefault()
    setOver(false)
    void send(e.dataTransfer.files[0])
  }
  return (
    <>
      <section
        className={over ? 'drop over' : 'drop'} aria-label={t('imports.upload')} aria-busy={busy !== ''}
        onDragOver={(e) => { e.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}
      >
        <p>{busy ? t('imports.sending', { name: busy }) : t('imports.drop')}</p>
        <Button type="primary" loading={busy !== ''} onClick={() => input.current?.click()}>{t('imports.choose')}</Button>
        <p className="muted">{t(into ? 'imports.recordKinds' : 'imports.kinds')}</p>
        <input
          ref={input} type="file" hidden accept={`.xlsx,.xlsm,.csv,.tsv,.docx,.docm,.txt,${into ? '.json,.jsonl' : '.pdf'}`} aria-label={t('imports.choose')}
          onChange={(e) => { void send(e.target.files?.[0]); e.target.value = '' }}
        />
      </section>
      {error && <Trouble error={error} />}
    </>
  )
}
