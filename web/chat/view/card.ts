import { type Translate, known } from '../i18n'
import type { Message } from '../types'
import { el, icon } from './dom'

// What stands in a line of these statuses says that there is no value.
const without = new Set(['missing', 'declined', 'unknown', 'delegated'])

export interface CardActions {
  /** Puts the beginning of a correction into the input. */
  fix(prefix: string): void
  choose(id: string, label: string): void
  say(text: string): void
}

/** The read-back: what was understood, line by line, to confirm or to correct. */
export function cardView(t: Translate, message: Message, act: CardActions): HTMLElement | undefined {
  const card = message.card
  if (!card) return undefined
  const lines = card.lines.map((line) => {
    const mark = line.status === 'filled' ? undefined : known(`status_${line.status}`)
    const told = mark && t(mark) !== line.value && line.status !== 'missing'
    return el('li', { testid: 'card-line', attrs: { 'data-key': line.key } },
      el('div', {},
        el('span', { class: 'label' }, `${line.number}. ${line.label}`, told && el('span', { class: `tag ${line.status}` }, t(mark))),
        el('span', { class: line.status === 'missing' ? 'value dim' : 'value' }, line.value || t('status_missing'))),
      el('button', {
        class: 'plain small', type: 'button', testid: 'fix',
        attrs: { 'aria-label': t('card_fix_label', { label: line.label }) },
        onclick: () => act.fix(t('card_fix_text', { n: line.number, value: without.has(line.status) ? '' : line.value })),
      }, t('card_fix')))
  })
  return el('section', { class: 'card', testid: 'readback' },
    el('h2', {}, icon('check'), card.title || t('card_title')), el('ol', {}, ...lines))
}

/** The quick replies of the last message; those of a read-back end with its confirmation. */
export function choicesView(t: Translate, message: Message | undefined, act: CardActions): HTMLElement | undefined {
  if (!message) return undefined
  const card = message.card !== null
  const buttons = message.choices.map((choice, at) =>
    el('button', {
      class: card && at === 0 ? 'primary' : 'chip', type: 'button', testid: card && at === 0 ? 'confirm' : 'choice',
      attrs: { 'data-choice': choice.id },
      onclick: () => act.choose(choice.id, choice.label),
    }, choice.label))
  if (card && buttons.length === 0) {
    buttons.push(el('button', { class: 'primary', type: 'button', testid: 'confirm', onclick: () => act.say(t('card_confirm')) }, t('card_confirm')))
  }
  if (buttons.length === 0) return undefined
  return el('div', { class: 'choices', attrs: { role: 'group', 'aria-label': t('choices_label') } }, ...buttons,
    el('p', { class: 'hint' }, t('choices_hint')))
}
