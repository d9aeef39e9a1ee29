import type { Chat } from '../chat'
import type { Translate } from '../i18n'
import { resumeLink } from '../storage'
import { recordView } from './data'
import { el, icon } from './dom'
import { ask, sheet } from './sheet'

export interface MenuActions {
  switchLanguage(): void
  erased(): void
  explain(cause: unknown): string
  toast(words: string): void
}

/** The sheet behind the menu button. */
export function openMenu(t: Translate, chat: Chat, act: MenuActions): void {
  const item = (picture: Parameters<typeof icon>[0], words: string, testid: string, run: () => void, note = ''): HTMLElement =>
    el('li', {}, el('button', { type: 'button', class: 'item', testid, onclick: () => { menu.close(); run() } },
      icon(picture), el('span', {}, words, note !== '' && el('small', {}, note))))
  const paused = chat.state.status === 'paused'
  const items = [
    paused ? item('play', t('menu_resume'), 'menu-resume', () => chat.say(t('menu_resume_words')))
      : item('pause', t('menu_pause'), 'menu-pause', () => chat.say(t('menu_pause_words'))),
    item('link', t('menu_link'), 'menu-link', () => void copyLink(t, chat, act), t('menu_link_note')),
    item('data', t('menu_data'), 'menu-data', () => void openData(t, chat, act)),
    item('globe', t('menu_language'), 'menu-language', () => {
      chat.say(t('menu_language_words'))
      act.switchLanguage()
    }),
    item('trash', t('menu_erase'), 'menu-erase', () => openErase(t, chat, act)),
  ]
  const menu = sheet(t, t('menu_title'), el('ul', { class: 'menu' }, ...items))
}

async function copyLink(t: Translate, chat: Chat, act: MenuActions): Promise<void> {
  const link = resumeLink(location.origin, chat.session)
  try {
    await navigator.clipboard.writeText(link)
    act.toast(t('link_copied'))
  } catch {
    const field = el('textarea', { class: 'copy', readOnly: true, value: link, rows: 3 })
    sheet(t, t('menu_link'), el('p', {}, t('link_copy_here')), field)
    field.select()
  }
}

async function openData(t: Translate, chat: Chat, act: MenuActions): Promise<void> {
  try {
    const needs = await chat.api.record()
    const download = el('button', { class: 'primary wide', type: 'button', onclick: () => void save(chat, act) }, t('data_download'))
    sheet(t, t('data_title'), recordView(t, needs), download)
  } catch (cause) {
    act.toast(act.explain(cause))
  }
}

async function save(chat: Chat, act: MenuActions): Promise<void> {
  try {
    const address = URL.createObjectURL(await chat.api.exported())
    el('a', { href: address, download: `tanxu-${chat.session.id}.json` }).click()
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  } catch (cause) {
    act.toast(act.explain(cause))
  }
}

function openErase(t: Translate, chat: Chat, act: MenuActions): void {
  ask(t, t('erase_title'), t('erase_lead'), t('erase_yes'), async () => {
    try {
      await chat.api.erase()
    } catch (cause) {
      throw new Error(act.explain(cause), { cause })
    }
    act.erased()
  }, true)
}
