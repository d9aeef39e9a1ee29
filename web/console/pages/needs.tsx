import { Input, Progress, Select, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { when } from '../format'
import { List } from './list'

type Need = Schema['NeedSummary']
type Status = Schema['NeedStatus']

const statuses: Status[] = ['draft', 'interviewing', 'review', 'returned', 'published', 'matching', 'signed', 'solved', 'shelved', 'expired']

/** Colours of statuses, wherever one is shown. */
export const colours: Record<Status, string> = {
  draft: 'default', interviewing: 'processing', review: 'gold', returned: 'volcano', published: 'green',
  matching: 'cyan', signed: 'blue', solved: 'purple', shelved: 'default', expired: 'default',
}

/** Needs lists needs; its filters stand in the address, so that it can be sent to others. */
export function Needs() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const status = params.get('status') as Status | null
  const chain = params.get('chain')
  const q = params.get('q')
  const set = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(params)
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next, { replace: true })
  }
  return (
    <>
      <div className="spread">
        <h1>{t('nav.needs')}</h1>
        <div className="spread">
          <Input.Search
            allowClear defaultValue={q ?? ''} placeholder={t('needs.search')} aria-label={t('needs.search')} style={{ width: 240 }}
            onSearch={(v) => set('q', v.trim() || undefined)}
          />
          <Select
            allowClear placeholder={t('needs.status')} aria-label={t('needs.status')} value={status} style={{ width: 140 }}
            options={statuses.map((s) => ({ value: s, label: t(`status.${s}`) }))} onChange={(v?: Status) => set('status', v)}
          />
          <Select
            allowClear placeholder={t('needs.chain')} aria-label={t('needs.chain')} value={chain} style={{ width: 140 }}
            options={chains.map((c) => ({ value: c, label: c }))} onChange={(v?: string) => set('chain', v)}
          />
        </div>
      </div>
      <List<Need>
        name={['needs', status, chain, q]} rowKey="id" onOpen={(n) => void navigate(`/needs/${n.id}`)}
        fetch={async (cursor) => data(await api.GET('/needs', {
          params: { query: { ...(status && { status: [status] }), ...(chain && { chain }), ...(q && { q }), ...(cursor && { cursor }) } },
        }))}
        columns={[
          { title: t('needs.title'), dataIndex: 'title', render: (v: string) => v || t('needs.untitled') },
          { title: t('needs.org'), dataIndex: 'org' },
          { title: t('needs.chain'), dataIndex: 'chain' },
          { title: t('needs.status'), dataIndex: 'status', render: (s: Status) => <Tag color={colours[s]}>{t(`status.${s}`)}</Tag> },
          { title: t('needs.score'), dataIndex: 'score', render: (v: number) => <Progress percent={v} size="small" format={String} style={{ width: 120 }} /> },
          { title: t('needs.updated'), dataIndex: 'updated_at', render: when },
        ]}
      />
    </>
  )
}

/** The 12 chains of the province. */
export const chains = ['电子信息', '有色金属', '装备制造', '新能源', '石化化工', '建材', '钢铁', '航空', '食品', '纺织服装', '医药', '现代家具']
