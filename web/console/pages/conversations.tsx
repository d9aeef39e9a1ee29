import { Input, Select, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { api, data, type Schema } from '../api/client'
import { when } from '../format'
import { List } from './list'

type Row = Schema['Conversation']
type Status = Schema['ConversationStatus']

const statuses: Status[] = ['consent', 'interviewing', 'confirming', 'done', 'handed_over', 'paused', 'closed']

export function Conversations() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  const status = params.get('status') as Status | null
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
        <h1>{t('nav.conversations')}</h1>
        <div className="spread">
          <Input.Search
            allowClear defaultValue={q ?? ''} placeholder={t('conversations.search')} aria-label={t('conversations.search')}
            style={{ width: 240 }} onSearch={(v) => set('q', v.trim() || undefined)}
          />
          <Select
            allowClear placeholder={t('conversations.status')} aria-label={t('conversations.status')} value={status} style={{ width: 140 }}
            options={statuses.map((s) => ({ value: s, label: t(`phase.${s}`) }))} onChange={(v?: Status) => set('status', v)}
          />
        </div>
      </div>
      <List<Row>
        name={['conversations', status, q]} rowKey="id" onOpen={(c) => void navigate(`/conversations/${c.id}`)}
        fetch={async (cursor) => data(await api.GET('/conversations', {
          params: { query: { ...(status && { status }), ...(q && { q }), ...(cursor && { cursor }) } },
        }))}
        columns={[
          { title: t('needs.org'), render: (_, c) => c.org || c.contact_name || t('conversations.unnamed') },
          { title: t('conversations.channel'), dataIndex: 'channel', render: (v: string) => t(`channel.${v}`, v) },
          { title: t('conversations.status'), dataIndex: 'status', render: (s: Status) => <Tag>{t(`phase.${s}`)}</Tag> },
          { title: t('conversations.owner'), dataIndex: 'owner', render: (v: string) => t(`owner.${v}`) },
          { title: t('conversations.progress'), render: (_, c) => `${c.progress.done} / ${c.progress.total}` },
          { title: t('conversations.last'), render: (_, c) => c.last_message?.text, ellipsis: true, width: 320 },
          { title: t('needs.updated'), dataIndex: 'updated_at', render: when },
        ]}
      />
    </>
  )
}
