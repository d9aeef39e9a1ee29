import { type Api, Problem } from './api'
import type { Shelf } from './storage'
import type { Answered } from './types'

/** A message on its way. Its client_id makes that repeating does no harm. */
export interface Entry {
  client_id: string
  text: string // as shown; of a choice, its label
  choice?: string
  at: string
  status: 'sending' | 'waiting' | 'refused'
  why?: string // of a refusal, in words
}

export interface Sink {
  /** Something has changed. */
  changed(): void
  /** The message is kept by the service. */
  accepted(entry: Entry, answer: Answered): void
  /** How long to wait for an answer with the call, '' not to. */
  wait(): string
  /** The words for a refusal. */
  explain(problem: unknown): string
}

/**
 * Sends one message after the other, in order. What did not arrive is kept in
 * the browser and repeated until it has, or until the service refuses it.
 */
export class Outbox {
  entries: Entry[]
  private running = false
  private pause = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly api: Api,
    private readonly shelf: Shelf,
    private readonly key: string,
    private readonly sink: Sink,
    private readonly retry = 1_000,
  ) {
    this.entries = load(shelf.getItem(key))
  }

  put(text: string, choice?: string): void {
    const entry: Entry = { client_id: newID(), text, at: new Date().toISOString(), status: 'sending' }
    if (choice !== undefined) entry.choice = choice
    this.entries.push(entry)
    this.save()
    void this.flush()
  }

  remove(entry: Entry): void {
    this.entries = this.entries.filter((other) => other !== entry)
    this.save()
  }

  /** Sends what is there; calls while it runs change nothing. */
  async flush(): Promise<void> {
    if (this.running) return
    this.running = true
    clearTimeout(this.timer)
    let next: Entry | undefined
    while ((next = this.entries.find((entry) => entry.status !== 'refused'))) {
      if (!(await this.send(next))) break
    }
    this.running = false
  }

  stop(): void {
    clearTimeout(this.timer)
    this.running = true
  }

  /** False if it must be tried again later. */
  private async send(entry: Entry): Promise<boolean> {
    if (entry.status !== 'sending') {
      entry.status = 'sending'
      this.save()
    }
    const words = entry.choice === undefined ? { text: entry.text } : { choice: entry.choice }
    try {
      const answer = await this.api.post({ client_id: entry.client_id, ...words }, this.sink.wait())
      this.pause = 0
      this.entries = this.entries.filter((other) => other !== entry)
      this.sink.accepted(entry, answer)
      this.save()
      return true
    } catch (cause) {
      return this.failed(entry, cause)
    }
  }

  private failed(entry: Entry, cause: unknown): boolean {
    if (cause instanceof Problem && !cause.passing) {
      entry.status = 'refused'
      entry.why = this.sink.explain(cause)
      this.save()
      return true
    }
    entry.status = 'waiting'
    this.save()
    this.pause = Math.min(this.pause === 0 ? this.retry : this.pause * 2, 30 * this.retry)
    const asked = cause instanceof Problem ? cause.retryAfter * 1_000 : 0
    this.timer = setTimeout(() => void this.flush(), Math.max(this.pause, asked))
    return false
  }

  private save(): void {
    if (this.entries.length === 0) this.shelf.removeItem(this.key)
    else this.shelf.setItem(this.key, JSON.stringify(this.entries))
    this.sink.changed()
  }
}

function load(text: string | null): Entry[] {
  try {
    const entries: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(entries) ? entries.filter(isEntry).map((entry) => (entry.status === 'refused' ? entry : { ...entry, status: 'waiting' })) : []
  } catch {
    return []
  }
}

function isEntry(entry: Partial<Entry> | null): entry is Entry {
  return typeof entry?.client_id === 'string' && typeof entry.text === 'string' && typeof entry.status === 'string'
}

// crypto.randomUUID is missing on pages without TLS, such as a centre's own network.
function newID(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
