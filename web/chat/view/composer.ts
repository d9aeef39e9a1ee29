import type { Translate } from '../i18n'
import { el, icon } from './dom'

export const maxLength = 20_000
const countFrom = 500

export interface ComposerActions {
  send(text: string): void
  upload(file: File): void
  draft(text: string): void
}

/** Where the contact writes. Enter sends, Shift+Enter begins a new line. */
export class Composer {
  readonly element: HTMLFormElement
  private readonly input: HTMLTextAreaElement
  private readonly button: HTMLButtonElement
  private readonly counter = el('p', { class: 'counter', hidden: true, attrs: { 'aria-live': 'polite' } })

  constructor(private readonly t: Translate, private readonly act: ComposerActions, draft: string) {
    this.input = el('textarea', {
      rows: 1, placeholder: t('input'), value: draft, testid: 'composer',
      attrs: { 'aria-label': t('input_label'), enterkeyhint: 'send', autocomplete: 'off' },
    })
    this.button = el('button', { class: 'send', type: 'submit', testid: 'send', attrs: { 'aria-label': t('send') } }, icon('send'))
    const file = el('input', { type: 'file', class: 'unseen', accept: '.xlsx,.csv,.docx,.pdf,.txt,.png,.jpg,.jpeg,.ogg', tabIndex: -1, testid: 'file' })
    file.setAttribute('aria-hidden', 'true')
    file.onchange = () => {
      const chosen = file.files?.[0]
      if (chosen) act.upload(chosen)
      file.value = ''
    }
    const attach = el('button', { class: 'attach', type: 'button', attrs: { 'aria-label': t('attach') }, onclick: () => file.click() }, icon('attach'))
    this.element = el('form', { class: 'composer' }, this.counter, el('div', { class: 'row' }, attach, file, this.input, this.button))
    this.element.onsubmit = (event) => {
      event.preventDefault()
      this.send()
    }
    this.input.onkeydown = (event) => this.key(event)
    this.input.oninput = () => {
      act.draft(this.input.value)
      this.measure()
    }
  }

  /** Replaces what is there by the beginning of a message, and goes there. */
  begin(text: string): void {
    this.set(text)
    this.input.focus()
    this.input.setSelectionRange(text.length, text.length)
  }

  /** Fits the height to the text; needs to be in the document. */
  measure(): void {
    this.input.style.height = 'auto'
    this.input.style.height = `${Math.min(this.input.scrollHeight, 160)}px`
    const length = [...this.input.value].length
    const tooLong = length > maxLength
    this.counter.hidden = length < countFrom
    this.counter.classList.toggle('error', tooLong)
    this.counter.textContent = tooLong ? this.t('too_long', { max: maxLength }) : this.t('counter', { n: length, max: maxLength })
    this.button.disabled = tooLong || this.input.value.trim() === ''
  }

  private key(event: KeyboardEvent): void {
    // 229: Safari ends a composition before it tells of the Enter that ended it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    this.send()
  }

  private send(): void {
    const text = this.input.value
    this.measure()
    if (this.button.disabled) return
    this.set('')
    this.act.send(text)
    this.input.focus()
  }

  private set(text: string): void {
    this.input.value = text
    this.act.draft(text)
    this.measure()
  }
}
