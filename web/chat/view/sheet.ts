import type { Translate } from '../i18n'
import { el } from './dom'

/** A sheet over the page; the browser keeps the focus inside and Escape closes it. */
export function sheet(t: Translate, title: string, ...children: (Node | string)[]): { close(): void } {
  const close = el('button', { class: 'plain small', type: 'button', attrs: { 'aria-label': t('close') } }, '✕')
  const dialog = el('dialog', { class: 'sheet', attrs: { 'aria-label': title } },
    el('div', { class: 'sheet-top' }, el('h2', {}, title), close), ...children)
  close.onclick = () => dialog.close()
  dialog.onclose = () => dialog.remove()
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close() // the backdrop
  }
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/** Asks before something is done. */
export function ask(t: Translate, title: string, words: string, yes: string, act: () => Promise<void> | void, danger = false): void {
  const error = el('p', { class: 'error', hidden: true, attrs: { role: 'alert' } })
  const button = el('button', { class: danger ? 'danger wide' : 'primary wide', type: 'button', testid: 'yes' }, yes)
  const cancel = el('button', { class: 'plain wide', type: 'button' }, t('cancel'))
  const open = sheet(t, title, el('p', {}, words), error, el('div', { class: 'decide' }, button, cancel))
  cancel.onclick = () => open.close()
  button.onclick = async () => {
    button.disabled = true
    try {
      await act()
      open.close()
    } catch (cause) {
      error.textContent = cause instanceof Error ? cause.message : String(cause)
      error.hidden = false
      button.disabled = false
    }
  }
}
