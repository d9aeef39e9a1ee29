import type { Chat } from '../chat'
import type { Translate } from '../i18n'
import type { Entry } from '../outbox'
import type { Message } from '../types'
import { type CardActions, cardView, choicesView } from './card'
import { el, fill, icon } from './dom'

export interface LogActions extends CardActions {
  putBack(entry: Entry): void
  drop(entry: Entry): void
}

/** The conversation: what was said, what is on its way, and the quick replies. */
export class LogView {
  readonly element: HTMLElement
  private readonly list = el('ol', { class: 'messages', testid: 'messages' })
  private readonly pending = el('ol', { class: 'messages' })
  private readonly choices = el('div')
  private readonly dots: HTMLElement
  private readonly jump: HTMLButtonElement
  // Only this is read aloud, so that nobody hears their own words again.
  private readonly aloud = el('div', { class: 'unseen', attrs: { 'aria-live': 'polite' } })
  private shown = 0
  private ready = false
  private open: Message | undefined

  constructor(private readonly t: Translate, private readonly act: LogActions) {
    this.dots = el('div', { class: 'typing', testid: 'typing', hidden: true, attrs: { role: 'status' } },
      el('span', { class: 'unseen' }, t('typing')), el('i'), el('i'), el('i'))
    this.jump = el('button', { class: 'jump', type: 'button', hidden: true, onclick: () => this.toEnd() }, t('new_messages'), icon('down'))
    this.element = el('main', { class: 'log', attrs: { tabindex: '-1' } },
      this.list, this.pending, this.dots, this.choices, el('p', { class: 'footer' }, t('footer')), this.aloud, this.jump)
    this.element.onscroll = () => {
      if (this.atEnd()) this.jump.hidden = true
    }
  }

  update(chat: Chat): void {
    const stay = !this.atEnd()
    const fresh = chat.messages.slice(this.shown)
    const before = this.pending.childElementCount
    this.list.append(...fresh.map((message) => bubble(this.t, message, this.act)))
    fill(this.pending, ...chat.pending.map((entry) => this.way(entry)))
    this.dots.hidden = !chat.typing
    if (this.open !== chat.open) {
      this.open = chat.open
      fill(this.choices, choicesView(this.t, chat.open, this.act))
    }
    this.tell(fresh)
    const own = this.pending.childElementCount > before
    if (!this.ready || own) this.toEnd()
    else if (!stay) this.reveal(fresh.length)
    else if (fresh.some((message) => message.from !== 'contact')) this.jump.hidden = false
    this.shown = chat.messages.length
    this.ready = chat.ready
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight
    this.jump.hidden = true
  }

  // A long message is read from its beginning.
  private reveal(fresh: number): void {
    this.toEnd()
    const first = this.list.children[this.list.childElementCount - fresh] as HTMLElement | undefined
    if (!first || this.pending.childElementCount > 0) return
    this.element.scrollTop = Math.min(this.element.scrollTop, first.offsetTop - this.element.offsetTop - 12)
  }

  private atEnd(): boolean {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 80
  }

  private tell(fresh: Message[]): void {
    const words = fresh.filter((message) => message.from !== 'contact').map((message) => message.text)
    if (words.length > 0 && this.ready) fill(this.aloud, ...words.map((text) => el('p', {}, text)))
  }

  private way(entry: Entry): HTMLElement {
    if (entry.status !== 'refused') {
      return el('li', { class: 'contact pending', testid: 'pending' }, el('p', { class: 'bubble' }, entry.text),
        el('span', { class: 'meta' }, this.t(entry.status)))
    }
    return el('li', { class: 'contact refused', testid: 'refused' }, el('p', { class: 'bubble' }, entry.text),
      el('span', { class: 'meta error', attrs: { role: 'alert' } }, `${this.t('refused')}：${entry.why ?? ''}`),
      el('span', { class: 'meta' },
        el('button', { class: 'plain small', type: 'button', onclick: () => this.act.putBack(entry) }, this.t('put_back')),
        el('button', { class: 'plain small', type: 'button', onclick: () => this.act.drop(entry) }, this.t('drop'))))
  }
}

function bubble(t: Translate, message: Message, act: CardActions): HTMLElement {
  const who = t(`from_${message.from}`)
  return el('li', { class: message.from, testid: `message-${message.from}`, attrs: { 'data-id': message.id } },
    el('span', { class: 'unseen' }, `${who}：`),
    message.text !== '' && el('p', { class: 'bubble', title: clock(message.at) }, message.text),
    cardView(t, message, act),
    message.ai ? el('span', { class: 'meta' }, el('span', { class: 'ai', title: t('ai_mark_title') }, t('ai_mark')), clock(message.at))
      : message.from === 'broker' ? el('span', { class: 'meta' }, who, ' ', clock(message.at)) : undefined)
}

/** The time of day; the service's clock, as it writes it. */
function clock(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : `${date.getHours()}:${String(date.getMinutes()).padStart(2, '0')}`
}
