import { type Api, Problem } from './api'
import { EventParser, type ServerEvent } from './sse'
import type { Message, State } from './types'

/** How the page hears of news: at once, by asking, or not at all. */
export type Link = 'connecting' | 'live' | 'polling' | 'offline'

export interface Listener {
  message(message: Message): void
  state(state: State): void
  typing(on: boolean): void
  link(link: Link): void
  /** The session is not valid any more. */
  gone(): void
}

/** Times in milliseconds; tests make them short. */
export interface Pace {
  first: number // until the first bytes: a proxy that holds them back is found out by it
  silence: number // between two pieces; the service sends a heartbeat every 15 s
  retry: number // doubled after each failure
  slowest: number // between two tries
  poll: number
}

export const usualPace: Pace = { first: 8_000, silence: 45_000, retry: 500, slowest: 30_000, poll: 3_000 }

/**
 * Follows a conversation by its event stream. After three failures in a row it
 * asks for new messages instead, and tries the stream again from time to time.
 */
export class Stream {
  private readonly stopped = new AbortController()
  private last = ''
  private failures = 0
  private nudge: () => void = () => undefined

  constructor(
    private readonly api: Api,
    private readonly to: Listener,
    private readonly pace: Pace = usualPace,
  ) {}

  /** Follows until stop; after is the last message that is there already. */
  async run(after: string): Promise<void> {
    this.last = after
    while (!this.stopped.signal.aborted) {
      try {
        if (this.failures < 3 || this.failures % 10 === 0) await this.listen()
        else await this.ask()
      } catch (cause) {
        if (!this.survives(cause)) return
      }
      if (!this.stopped.signal.aborted) await this.rest()
    }
  }

  stop(): void {
    this.stopped.abort()
    this.nudge()
  }

  /** Tries again now: the network is back, or the page is looked at again. */
  hurry(): void {
    this.nudge()
  }

  private async listen(): Promise<void> {
    const aborter = new AbortController()
    const abort = (): void => aborter.abort()
    this.stopped.signal.addEventListener('abort', abort)
    let timer = setTimeout(abort, this.pace.first)
    try {
      const answer = await this.api.events(this.last, aborter.signal)
      if (!answer.body) throw new Error('this browser reads no streams')
      const reader = answer.body.getReader()
      const decoder = new TextDecoder()
      const parser = new EventParser()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return
        clearTimeout(timer)
        timer = setTimeout(abort, this.pace.silence)
        this.failures = 0
        this.to.link('live')
        for (const event of parser.push(decoder.decode(value, { stream: true }))) this.handle(event)
      }
    } catch (cause) {
      this.failures++
      throw cause
    } finally {
      clearTimeout(timer)
      this.stopped.signal.removeEventListener('abort', abort)
      this.to.typing(false)
    }
  }

  private async ask(): Promise<void> {
    this.failures++
    const got = await this.api.messages(this.last)
    this.to.link('polling')
    for (const message of got.messages) this.take(message)
    this.to.state(got.state)
  }

  private handle(event: ServerEvent): void {
    if (event.name === 'message') this.take(JSON.parse(event.data) as Message)
    else if (event.name === 'state') this.to.state(JSON.parse(event.data) as State)
    else if (event.name === 'typing') this.to.typing((JSON.parse(event.data) as { on: boolean }).on)
  }

  private take(message: Message): void {
    this.last = message.id
    this.to.message(message)
  }

  /** Says what an error means; false if it is of no use to go on. */
  private survives(cause: unknown): boolean {
    if (cause instanceof Problem && (cause.status === 401 || cause.code === 'session_unknown')) {
      this.to.gone()
      return false
    }
    if (cause instanceof Problem && cause.code === 'message_unknown') this.last = ''
    if (this.failures > 1) this.to.link('offline')
    return true
  }

  private rest(): Promise<void> {
    const polling = this.failures > 3
    const wait = polling ? this.pace.poll : Math.min(this.pace.retry * 2 ** this.failures, this.pace.slowest)
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait)
      this.nudge = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
