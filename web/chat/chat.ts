import { type Api, Problem } from './api'
import { type Entry, Outbox } from './outbox'
import { type Shelf, draftKey, queueKey } from './storage'
import { type Link, type Pace, Stream } from './stream'
import type { Message, Session, State, Transcript } from './types'

/** What a view shows; it is told of every change. */
export interface Viewer {
  changed(): void
  gone(): void
  explain(cause: unknown): string
}

const empty: State = { status: 'interviewing', owner: 'bot', progress: { done: 0, total: 0 }, need_ids: [], llm: 'off' }

/** One conversation as this browser knows it. */
export class Chat {
  readonly messages: Message[] = []
  state: State = empty
  typing = false
  link: Link = 'connecting'
  /** Whether all that was said before has been told. */
  ready = false
  private readonly ids = new Set<string>()
  private readonly outbox: Outbox
  private readonly stream: Stream

  constructor(
    readonly session: Session,
    readonly api: Api,
    private readonly shelf: Shelf,
    private readonly viewer: Viewer,
    pace?: Pace,
  ) {
    this.outbox = new Outbox(api, shelf, queueKey(session), {
      changed: () => viewer.changed(),
      accepted: (entry, answer) => {
        this.add(ofContact(entry, answer.message_id))
        answer.replies?.forEach((message) => this.add(message))
        if (answer.state) this.state = answer.state
      },
      // Without a stream the answer comes with the call.
      wait: () => (this.link === 'live' ? '' : '20s'),
      explain: (cause) => viewer.explain(cause),
    })
    this.stream = new Stream(api, {
      message: (message) => this.hear(message),
      state: (state) => this.change(() => {
        this.state = state
        this.ready = true
      }),
      typing: (on) => this.change(() => (this.typing = on)),
      link: (link) => this.relink(link),
      gone: () => viewer.gone(),
    }, pace)
  }

  /** Begins to follow; known is what the opening call has told. */
  start(known?: Transcript): void {
    known?.messages.forEach((message) => this.add(message))
    if (known) this.state = known.state
    this.viewer.changed()
    void this.stream.run(this.last)
    void this.outbox.flush()
  }

  stop(): void {
    this.stream.stop()
    this.outbox.stop()
  }

  /** The network is back, or the page is looked at again. */
  hurry(): void {
    this.stream.hurry()
    void this.outbox.flush()
  }

  get pending(): readonly Entry[] {
    return this.outbox.entries
  }

  /** The message whose quick replies can still be picked. */
  get open(): Message | undefined {
    const last = this.messages.filter((message) => message.from !== 'system').pop()
    return last?.from === 'contact' || this.pending.some((entry) => entry.status !== 'refused') ? undefined : last
  }

  say(text: string): void {
    this.outbox.put(text)
  }

  choose(id: string, label: string): void {
    this.outbox.put(label, id)
  }

  async upload(file: File): Promise<void> {
    await this.api.upload(file)
    if (this.link !== 'live') this.merge(await this.api.messages(this.last))
  }

  drop(entry: Entry): void {
    this.outbox.remove(entry)
  }

  get draft(): string {
    return this.shelf.getItem(draftKey(this.session)) ?? ''
  }

  set draft(text: string) {
    if (text === '') this.shelf.removeItem(draftKey(this.session))
    else this.shelf.setItem(draftKey(this.session), text)
  }

  private get last(): string {
    return this.messages[this.messages.length - 1]?.id ?? ''
  }

  private merge(got: Transcript): void {
    got.messages.forEach((message) => this.add(message))
    this.change(() => (this.state = got.state))
  }

  // The stream may tell of a message before the call that posted it returns.
  private hear(message: Message): void {
    const own = message.from === 'contact' && !this.ids.has(message.id)
    const entry = own ? this.pending.find((other) => other.text === message.text && other.status !== 'refused') : undefined
    this.add(message)
    if (entry) this.outbox.remove(entry)
    this.viewer.changed()
  }

  private add(message: Message): void {
    if (this.ids.has(message.id)) return
    this.ids.add(message.id)
    this.messages.push(message)
  }

  private relink(link: Link): void {
    if (this.link === link) return
    const back = this.link === 'offline'
    this.change(() => (this.link = link))
    if (back) void this.outbox.flush()
  }

  private change(set: () => void): void {
    set()
    this.viewer.changed()
  }
}

function ofContact(entry: Entry, id: string): Message {
  return { id, from: 'contact', at: entry.at, text: entry.text, asks: [], probe: false, choices: [], card: null, ai: false }
}

/** Whether an error means that the session is not valid any more. */
export function isGone(cause: unknown): boolean {
  return cause instanceof Problem && (cause.status === 401 || cause.code === 'session_unknown')
}
