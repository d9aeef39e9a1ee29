import type { Chat } from '../chat'
import type { Translate } from '../i18n'
import { Composer } from './composer'
import { el, icon } from './dom'
import { LogView } from './log'
import { type MenuActions, openMenu } from './menu'
import { ask } from './sheet'

export interface PageActions extends Omit<MenuActions, 'toast'> {
  chat: Chat
}

/** The page of a running conversation. */
export class ChatPage {
  readonly element: HTMLElement
  private readonly log: LogView
  private readonly composer: Composer
  private readonly status = el('span', { class: 'dim', testid: 'status' })
  private readonly progress = el('div', { class: 'progress', testid: 'progress', attrs: { role: 'progressbar' } }, el('i'))
  private readonly progressText = el('span', { class: 'progress-text' })
  private readonly banner = el('p', { class: 'banner', hidden: true, attrs: { role: 'status' } })
  private readonly toasts = el('div', { class: 'toast', hidden: true, attrs: { role: 'status' } })
  private toastTimer: ReturnType<typeof setTimeout> | undefined
  private due = false

  constructor(private readonly t: Translate, private readonly act: PageActions) {
    const { chat } = act
    this.log = new LogView(t, {
      fix: (prefix) => this.composer.begin(prefix),
      choose: (id, label) => chat.choose(id, label),
      say: (text) => chat.say(text),
      drop: (entry) => chat.drop(entry),
      putBack: (entry) => {
        chat.drop(entry)
        this.composer.begin(entry.text)
      },
    })
    this.composer = new Composer(t, {
      send: (text) => chat.say(text),
      upload: (file) => void this.upload(file),
      draft: (text) => (chat.draft = text),
    }, chat.draft)
    this.element = el('div', { class: 'page' }, this.head(), this.banner, this.log.element, this.toasts, this.composer.element)
  }

  /** To be called once the element is in the document. */
  shown(): void {
    this.composer.measure()
    this.update()
  }

  /** Shows the conversation as it is; many changes at once are shown once. */
  changed(): void {
    if (this.due) return
    this.due = true
    queueMicrotask(() => {
      this.due = false
      this.update()
    })
  }

  toast(words: string): void {
    clearTimeout(this.toastTimer)
    this.toasts.textContent = words
    this.toasts.hidden = false
    this.toastTimer = setTimeout(() => (this.toasts.hidden = true), 5_000)
  }

  private head(): HTMLElement {
    const { t } = this
    const human = el('button', { class: 'human', type: 'button', testid: 'human', onclick: () => this.askHuman() }, icon('person'), t('human'))
    const menu = el('button', {
      class: 'round', type: 'button', testid: 'menu', attrs: { 'aria-label': t('menu'), 'aria-haspopup': 'dialog' },
      onclick: () => openMenu(t, this.act.chat, { ...this.act, toast: (words) => this.toast(words) }),
    }, icon('menu'))
    this.progress.setAttribute('aria-label', t('progress_label'))
    return el('header', {}, el('div', { class: 'bar' },
      el('span', { class: 'mark', attrs: { 'aria-hidden': 'true' } }, '探'),
      el('div', { class: 'title' }, el('b', {}, t('brand')), this.status), human, menu),
      el('div', { class: 'progress-row' }, this.progress, this.progressText))
  }

  private update(): void {
    const { chat } = this.act
    const { done, total } = chat.state.progress
    const broker = chat.state.owner === 'broker' && chat.messages.some((message) => message.from === 'broker')
    this.status.textContent = this.t(broker ? 'status_broker' : `status_${chat.state.status}`)
    const bar = this.progress.firstElementChild as HTMLElement
    bar.style.width = total > 0 ? `${Math.min(100, (100 * done) / total)}%` : '0'
    this.progress.setAttribute('aria-valuemax', String(total))
    this.progress.setAttribute('aria-valuenow', String(done))
    this.progressText.textContent = total > 0 ? this.t('progress', { done, total }) : ''
    const trouble = chat.link === 'offline' || chat.link === 'polling' ? chat.link : undefined
    this.banner.hidden = trouble === undefined
    this.banner.textContent = trouble ? this.t(trouble) : ''
    this.log.update(chat)
  }

  private askHuman(): void {
    const { t } = this
    ask(t, t('human'), t('human_ask'), t('human_yes'), () => this.act.chat.say(t('human_words')))
  }

  private async upload(file: File): Promise<void> {
    this.toast(this.t('uploading', { name: file.name }))
    try {
      await this.act.chat.upload(file)
      this.toasts.hidden = true
    } catch (cause) {
      this.toast(this.act.explain(cause))
    }
  }
}
