import i18next from 'i18next'
import { beforeEach, expect, test } from 'vitest'
import '../i18n'
import { changes, type Event } from './changes'

beforeEach(() => i18next.changeLanguage('zh'))

let version = 0
const event = (kind: string, more: Partial<Event> = {}): Event => ({ version: ++version, kind, at: '2026-11-25T06:41:44Z', by: 'contact', ...more })
const row = (target: string): NonNullable<Event['indicator']> => ({
  id: 'i1', name: '导电率', op: '≥', current: null, target: { text: target, num: Number(target) }, unit: '%IACS', condition: null, method: null,
  priority: null, status: 'filled', evidence: [],
})

test('a change tells what stood there before, the newest first', () => {
  const list = changes([
    event('value_set', { key: 'scene', value: '引线框架' }),
    event('value_set', { key: 'scene', value: '冷轧后时效' }),
    event('value_corrected', { key: 'scene', value: '连接器', by: 'broker:1' }),
    event('row_set', { indicator: row('80') }),
    event('row_set', { indicator: row('82') }),
    event('row_removed', { indicator: row('82') }),
    event('title_set', { note: '导电率低' }),
    event('title_set', { note: '铜带导电率' }),
  ], false)
  expect(list.map(({ before, after }) => [before, after])).toEqual([
    ['导电率低', '铜带导电率'], ['', '导电率低'], ['导电率，≥82 %IACS', ''], ['导电率，≥80 %IACS', '导电率，≥82 %IACS'], ['', '导电率，≥80 %IACS'],
    ['引线框架；冷轧后时效', '连接器'], ['', '冷轧后时效'], ['', '引线框架'],
  ])
})

test('a rival stands beside what was said first', () => {
  const [found] = changes([event('value_set', { key: 'deadline', value: { iso: 'P12M', text: '一年' } }), event('conflict_found', { key: 'deadline', value: { iso: 'P6M', text: '半年' } })], false)
  expect(found).toMatchObject({ before: '一年（12 个月）', after: '半年（6 个月）' })
})

test('the questions are there when asked for', () => {
  const events = [event('need_started'), event('asked', { keys: ['budget'], by: 'bot' })]
  expect(changes(events, false)).toHaveLength(1)
  expect(changes(events, true).map((c) => c.event.kind)).toEqual(['asked', 'need_started'])
})
