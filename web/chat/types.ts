// The shapes of the chat API, as bot/webchat writes them.

export type Status = 'consent' | 'interviewing' | 'confirming' | 'done' | 'handed_over' | 'paused' | 'closed'
export type FieldStatus = 'missing' | 'vague' | 'filled' | 'confirmed' | 'conflict' | 'declined' | 'unknown' | 'delegated'

export interface Choice {
  id: string
  label: string
}

export interface CardLine {
  number: number
  key: string
  label: string
  value: string
  status: FieldStatus
}

export interface Message {
  id: string
  from: 'contact' | 'bot' | 'broker' | 'system'
  at: string
  text: string
  asks: string[]
  probe: boolean
  choices: Choice[]
  card: { title?: string; lines: CardLine[] } | null
  ai: boolean
}

export interface State {
  status: Status
  owner: 'bot' | 'broker'
  progress: { done: number; total: number }
  need_ids: string[]
  llm: 'ok' | 'degraded' | 'off'
}

export interface Transcript {
  messages: Message[]
  state: State
}

export interface Opened extends Transcript {
  session_id: string
  token: string
}

export interface Answered {
  message_id: string
  replies?: Message[]
  state?: State
}

/** What opens a conversation; the token is known to this browser only. */
export interface Session {
  id: string
  token: string
}

/** The part of a tanxu.need/1 record that the contact is shown. */
export interface NeedRecord {
  id: string
  title: string
  fields: Record<string, { value: unknown; status: FieldStatus }>
  indicators: {
    name: string
    op?: string
    current?: { text: string } | null
    target?: { text: string } | null
    unit?: string
    condition?: string | null
  }[]
}
