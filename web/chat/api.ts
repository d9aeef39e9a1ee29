import type { Lang } from './i18n'
import type { Answered, NeedRecord, Opened, Session, Transcript } from './types'

/** What the service says when it refuses; the words are for people. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly retryAfter: number, // seconds, 0 if not said
  ) {
    super(`${status} ${code}`)
  }

  /** Whether the same call may go well later. */
  get passing(): boolean {
    return this.status >= 500 || this.status === 429
  }
}

/** The service was not reached, or its answer did not arrive. */
export class Unreachable extends Error {}

const base = '/api/v1/chat/sessions'

/** Who the contact says they are; all of it may be empty. */
export interface Person {
  org: string
  name: string
  role: string
}

/** Opens a session for a contact who has agreed to the notice. */
export async function openSession(invite: string, person: Person, lang: Lang): Promise<Opened> {
  const known = Object.fromEntries(Object.entries(person).filter(([, value]) => value !== ''))
  const answer = await call(base, { method: 'POST', ...json({ invite, consent: true, lang, ...known }) }, { 'Accept-Language': lang })
  return (await answer.json()) as Opened
}

/** The calls of one session. */
export class Api {
  constructor(private readonly session: Session) {}

  async post(message: { client_id: string; text?: string; choice?: string }, wait: string): Promise<Answered> {
    const answer = await this.call(`/messages${wait && `?wait=${wait}`}`, { method: 'POST', ...json(message) })
    return (await answer.json()) as Answered
  }

  async upload(file: File): Promise<Answered> {
    const form = new FormData()
    form.append('file', file)
    return (await (await this.call('/files', { method: 'POST', body: form })).json()) as Answered
  }

  async messages(after: string): Promise<Transcript> {
    return (await (await this.call(`/messages${after && `?after=${encodeURIComponent(after)}`}`)).json()) as Transcript
  }

  async record(): Promise<NeedRecord[]> {
    return ((await (await this.call('/record')).json()) as { needs: NeedRecord[] }).needs
  }

  async exported(): Promise<Blob> {
    return (await this.call('/export')).blob()
  }

  async erase(): Promise<void> {
    await this.call('', { method: 'DELETE' })
  }

  /** Opens the event stream after a message, from the beginning for ''. */
  events(after: string, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' }
    if (after) headers['Last-Event-ID'] = after
    return this.call('/events', { signal }, headers)
  }

  private call(path: string, init: RequestInit = {}, headers: Record<string, string> = {}): Promise<Response> {
    return call(`${base}/${this.session.id}${path}`, init, { ...headers, Authorization: `Bearer ${this.session.token}` })
  }
}

function json(body: unknown): RequestInit {
  return { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
}

async function call(path: string, init: RequestInit, headers: Record<string, string>): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(path, { ...init, cache: 'no-store', headers: { ...init.headers, ...headers } })
  } catch (cause) {
    throw new Unreachable('no answer', { cause })
  }
  if (answer.ok) return answer
  const body = (await answer.json().catch(() => ({}))) as Partial<Record<'code' | 'title' | 'detail', string>>
  const after = Number(answer.headers.get('Retry-After') ?? 0) || 0
  throw new Problem(answer.status, body.code ?? '', body.title ?? '', body.detail ?? '', after)
}
