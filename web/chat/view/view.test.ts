import { afterEach, describe, expect, test, vi } from 'vitest'
import { translator } from '../i18n'
import { interview } from '../testing/script'
import type { Message, NeedRecord } from '../types'
import { cardView, choicesView } from './card'
import { Composer } from './composer'
import { consentView } from './consent'
import { recordView } from './data'

const t = translator('zh')
const blank: Message = { id: 'm1', from: 'bot', at: '', text: '', asks: [], probe: false, choices: [], card: null, ai: true }

afterEach(() => document.body.replaceChildren())

describe('the composer', () => {
  const make = () => {
    const act = { send: vi.fn(), upload: vi.fn(), draft: vi.fn() }
    const composer = new Composer(t, act, '')
    document.body.append(composer.element)
    const input = composer.element.querySelector('textarea') as HTMLTextAreaElement
    const type = (text: string): void => {
      input.value = text
      input.dispatchEvent(new Event('input'))
    }
    const enter = (init: KeyboardEventInit = {}): boolean =>
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init }))
    return { act, input, type, enter }
  }

  test('sends by Enter, but not while a word is being composed', () => {
    const { act, input, type, enter } = make()
    type('导电率')
    enter({ isComposing: true })
    enter({ keyCode: 229 } as KeyboardEventInit)
    enter({ shiftKey: true })
    expect(act.send).not.toHaveBeenCalled()
    enter()
    expect(act.send).toHaveBeenCalledWith('导电率')
    expect(input.value).toBe('')
    expect(act.draft).toHaveBeenLastCalledWith('')
  })

  test('sends neither nothing nor too much, and says so', () => {
    const { act, type, enter } = make()
    enter()
    type('铜'.repeat(20_001))
    enter()
    expect(act.send).not.toHaveBeenCalled()
    expect(document.querySelector('.counter.error')?.textContent).toContain('20000')
  })
})

describe('the read-back', () => {
  const message = { ...blank, ...interview[4] } as Message

  test('shows each line, its doubt, and a way to change it', () => {
    const fix = vi.fn()
    const card = cardView(t, message, { fix, choose: vi.fn(), say: vi.fn() }) as HTMLElement
    const lines = [...card.querySelectorAll('li')]
    expect(lines).toHaveLength(7)
    expect(lines[2]?.querySelector('.tag')?.textContent).toBe('待明确')
    expect(lines[5]?.querySelector('.tag')).toBeNull() // its value says the same
    lines[3]?.querySelector('button')?.click()
    expect(lines[3]?.querySelector('.label')?.textContent).toBe('4. 完成时限')
    expect(fix).toHaveBeenCalledWith('第4条改为：12 个月')
    lines[5]?.querySelector('button')?.click()
    expect(fix).toHaveBeenLastCalledWith('第6条改为：')
  })

  test('can be confirmed, by a choice or by a word', () => {
    const act = { fix: vi.fn(), choose: vi.fn(), say: vi.fn() }
    choicesView(t, message, act)?.querySelector<HTMLElement>('.primary')?.click()
    expect(act.choose).toHaveBeenCalledWith('readback.ok', '确认无误')
    choicesView(t, { ...message, choices: [] }, act)?.querySelector<HTMLElement>('.primary')?.click()
    expect(act.say).toHaveBeenCalledWith('确认无误')
    expect(choicesView(t, blank, act)).toBeUndefined()
  })

  test('is text, whatever it says', () => {
    const card = { lines: [{ number: 1, key: 'problem', label: '<b>难题</b>', value: '<img src=x onerror=alert(1)>', status: 'filled' as const }] }
    const shown = cardView(t, { ...message, card }, { fix: vi.fn(), choose: vi.fn(), say: vi.fn() }) as HTMLElement
    expect(shown.querySelector('img, b')).toBeNull()
    expect(shown.textContent).toContain('<img src=x onerror=alert(1)>')
  })
})

describe('my data', () => {
  test('shows values of every shape, and none that is empty', () => {
    const needs: NeedRecord[] = [{
      id: 'n1', title: '',
      fields: {
        problem: { value: '开裂', status: 'filled' }, tried: { value: ['甲', '乙'], status: 'filled' },
        budget: { value: { min: 50, max: 50, unit: '万元' }, status: 'filled' }, deadline: { value: { iso: '2027', text: '明年' }, status: 'filled' },
        region: { value: null, status: 'missing' }, coop_mode: { value: null, status: 'declined' }, newer_field: { value: '略', status: 'filled' },
      },
      indicators: [{ name: '强度', op: '≥', target: { text: '600' }, unit: 'MPa' }],
    }]
    const shown = recordView(t, needs)
    expect([...shown.querySelectorAll('dd')].map((dd) => dd.textContent)).toEqual(['开裂', '甲；乙', '明年', '50 万元', '不便提供', '强度 ≥ 600 MPa'])
    expect(recordView(t, []).textContent).toBe('还没有整理出内容。')
  })
})

describe('the consent', () => {
  test('sends who one is only with the agreement, and shows why it failed', async () => {
    const agree = vi.fn().mockResolvedValue('这个邀请链接不存在或已过期。')
    const view = consentView({ t, lang: 'zh', agree, switchLanguage: vi.fn() })
    document.body.append(view)
    const org = view.querySelector<HTMLInputElement>('input[name=org]') as HTMLInputElement
    org.value = ' 赣江铜业 '
    view.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await vi.waitFor(() => expect(view.querySelector<HTMLElement>('.error')?.hidden).toBe(false))
    expect(agree).toHaveBeenCalledWith({ org: '赣江铜业', name: '', role: '' })
    expect(view.textContent).toContain('已过期')
  })

  test('takes no for an answer and stores nothing', () => {
    const agree = vi.fn()
    const view = consentView({ t, lang: 'zh', agree, switchLanguage: vi.fn() })
    const refuse = [...view.querySelectorAll('button')].find((button) => button.textContent === '不同意')
    refuse?.click()
    expect(view.textContent).toContain('什么都没有保存')
    expect(agree).not.toHaveBeenCalled()
  })
})
