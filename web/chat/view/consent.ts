import type { Person } from '../api'
import type { Key, Lang, Translate } from '../i18n'
import { el, fill, icon } from './dom'

export interface Consent {
  t: Translate
  lang: Lang
  /** Opens the session; resolves to the words of an error, or nothing. */
  agree(person: Person): Promise<string | undefined>
  switchLanguage(): void
}

/** The notice that comes before everything; nothing is sent before it is agreed to. */
export function consentView(c: Consent): HTMLElement {
  const main = el('main', { class: 'notice' })
  const points: [Parameters<typeof icon>[0], Key, Key][] = [
    ['spark', 'consent_ai_title', 'consent_ai'],
    ['store', 'consent_kept_title', 'consent_kept'],
    ['eye', 'consent_seen_title', 'consent_seen'],
    ['trash', 'consent_erase_title', 'consent_erase'],
  ]
  const org = field(c.t('consent_org'), 'organization', 'org')
  const name = field(c.t('consent_name'), 'name', 'name')
  const role = field(c.t('consent_role'), 'organization-title', 'role')
  const error = el('p', { class: 'error', attrs: { role: 'alert' }, hidden: true })
  const agree = el('button', { class: 'primary wide', type: 'submit', testid: 'consent-agree' }, c.t('consent_agree'))
  const refuse = el('button', { class: 'plain wide', type: 'button', testid: 'consent-refuse' }, c.t('consent_refuse'))
  const form = el('form', { class: 'who', noValidate: true },
    el('fieldset', {}, el('legend', {}, c.t('consent_who')), org.label, name.label, role.label),
    error,
    el('div', { class: 'decide' }, agree, refuse))
  form.onsubmit = (event) => {
    event.preventDefault()
    void submit()
  }
  const submit = async (): Promise<void> => {
    agree.disabled = refuse.disabled = true
    agree.textContent = c.t('consent_opening')
    const words = await c.agree({ org: org.value(), name: name.value(), role: role.value() })
    if (words === undefined) return
    error.textContent = words
    error.hidden = false
    agree.textContent = c.t('consent_agree')
    agree.disabled = refuse.disabled = false
  }
  const notice = [
    el('div', { class: 'notice-top' }, brand(c.t),
      el('button', { class: 'plain small', type: 'button', testid: 'language', onclick: () => c.switchLanguage() }, icon('globe'), c.t('lang_other'))),
    el('h1', {}, c.t('consent_hello')),
    el('p', { class: 'lead' }, c.t('consent_lead')),
    el('ul', { class: 'points' }, ...points.map(([picture, title, text]) =>
      el('li', {}, icon(picture), el('div', {}, el('h2', {}, c.t(title)), el('p', {}, c.t(text)))))),
    form,
  ]
  refuse.onclick = () => {
    fill(main, brand(c.t), el('p', { class: 'lead', attrs: { role: 'status' } }, c.t('consent_refused')),
      el('button', { class: 'plain', type: 'button', onclick: () => fill(main, ...notice) }, c.t('consent_back')))
  }
  fill(main, ...notice)
  return main
}

/** A page that only says something. */
export function wordsView(t: Translate, title: Key, lead: Key, again?: () => void): HTMLElement {
  return el('main', { class: 'notice', testid: title }, brand(t), el('h1', {}, t(title)), el('p', { class: 'lead' }, t(lead)),
    again && el('button', { class: 'primary', type: 'button', onclick: again }, t('restart')))
}

export function brand(t: Translate): HTMLElement {
  return el('div', { class: 'brand' }, el('span', { class: 'mark', attrs: { 'aria-hidden': 'true' } }, '探'),
    el('span', {}, el('b', {}, t('brand')), ' ', el('span', { class: 'dim' }, t('subtitle'))))
}

function field(text: string, autocomplete: string, name: string): { label: HTMLElement; value(): string } {
  const input = el('input', { type: 'text', name, maxLength: 200, placeholder: text, attrs: { autocomplete } })
  return { label: el('label', {}, el('span', { class: 'unseen' }, text), input), value: () => input.value.trim() }
}
