import { beforeEach, expect, test } from 'vitest'
import i18next from 'i18next'
import '../i18n'
import { editable, parsed, quantity } from './parse'
import { type Field, figure, rivals, shown, trust } from './value'

beforeEach(() => i18next.changeLanguage('zh'))

test.each([
  ['a text', '导电率低', '导电率低'],
  ['a list', ['换过焊料', '加过保温'], '换过焊料\n加过保温'],
  ['a range of money', { min: 50, max: 100, unit: '万元' }, '50–100 万元'],
  ['money with an open end', { min: 300, max: 0, unit: '万元' }, '300 万元以上'],
  ['money up to a figure', { min: 0, max: 20, unit: '万元' }, '20 万元以内'],
  ['one figure', { min: 80, max: 80, unit: '万元' }, '80 万元'],
  ['a deadline with its words', { iso: '2027-06', text: '明年六月' }, '明年六月（2027年6月）'],
  ['a duration', { iso: 'P12M', text: 'P12M' }, '12 个月'],
  ['a duration with other words', { iso: 'P12M', text: '一年' }, '一年（12 个月）'],
  ['a duration that the words say', { iso: 'P12M', text: '12个月内' }, '12个月内'],
  ['a month', { iso: '2027-06', text: '' }, '2027年6月'],
  ['a day', { iso: '2027-06-30', text: '2027-06-30' }, '2027年6月30日'],
  ['nothing', null, ''],
])('shown: %s', (_, value, want) => {
  expect(shown(value)).toBe(want)
})

test('shown in English', async () => {
  await i18next.changeLanguage('en')
  expect(shown({ min: 50, max: 100, unit: '万元' })).toBe('CNY 500,000–1,000,000')
  expect(shown({ iso: 'P1M', text: '' })).toBe('1 month')
  expect(shown({ iso: '2027-06', text: '明年六月' })).toBe('明年六月（June 2027）')
})

test.each([
  ['budget', '50-100', { min: 50, max: 100, unit: '万元' }],
  ['budget', '50 到 100 万元', { min: 50, max: 100, unit: '万元' }],
  ['budget', '50万-100万', { min: 50, max: 100, unit: '万元' }],
  ['budget', '80 万元', { min: 80, max: 80, unit: '万元' }],
  ['budget', '1.5亿', { min: 15000, max: 15000, unit: '万元' }],
  ['budget', '1-2亿', { min: 10000, max: 20000, unit: '万元' }],
  ['budget', '20万以内', { min: 0, max: 20, unit: '万元' }],
  ['budget', '1.5亿以上', { min: 15000, max: 0, unit: '万元' }],
  ['budget', '100-50', undefined],
  ['budget', '面议', undefined],
  ['deadline', '2027-06', { iso: '2027-06', text: '2027-06' }],
  ['deadline', '2027年6月', { iso: '2027-06', text: '2027年6月' }],
  ['deadline', '2027年', { iso: '2027', text: '2027年' }],
  ['deadline', '2027.6.30', { iso: '2027-06-30', text: '2027.6.30' }],
  ['deadline', '2027-02-30', undefined],
  ['deadline', '2027-13', undefined],
  ['deadline', 'P12M', { iso: 'P12M', text: 'P12M' }],
  ['deadline', '12个月内', { iso: 'P12M', text: '12个月内' }],
  ['deadline', '2 年', { iso: 'P2Y', text: '2 年' }],
  ['deadline', '明年', undefined],
  ['tried', '换过焊料\n\n加过保温', ['换过焊料', '加过保温']],
  ['problem', '  漏 ', '漏'],
  ['problem', ' ', undefined],
])('parsed: %s of %s', (key, text, want) => {
  expect(parsed(key, text)).toEqual(want)
})

test.each([
  ['60~80', { text: '60~80', num: 60, num2: 80 }],
  ['0.3', { text: '0.3', num: 0.3, num2: null }],
  ['±0.02', { text: '±0.02', num: 0.02, num2: null }],
  ['-40至85', { text: '-40至85', num: -40, num2: 85 }],
  ['', null],
  ['很高', undefined],
])('quantity: %s', (text, want) => {
  expect(quantity(text)).toEqual(want)
})

test('an edit of what is shown gives the same value', () => {
  for (const [key, value] of [['budget', { min: 50, max: 100, unit: '万元' }], ['budget', { min: 0, max: 20, unit: '万元' }], ['budget', { min: 300, max: 0, unit: '万元' }], ['tried', ['甲', '乙']], ['problem', '漏']] as const) {
    expect(parsed(key, editable(key, value))).toEqual(value)
  }
  expect(parsed('deadline', editable('deadline', { iso: 'P18M', text: '一年半' }))).toEqual({ iso: 'P18M', text: '18个月' })
})

test('rivals keep their own evidence where there is one for each', () => {
  const quote = (text: string) => ({ ref: 'message:m', start: 0, end: 3, quote: text })
  const field: Field = { value: ['76', '82'], status: 'conflict', source: 'contact', evidence: [quote('七六'), quote('八二')], asks: 1 }
  expect(rivals(field)).toEqual([{ value: '76', evidence: [quote('七六')] }, { value: '82', evidence: [quote('八二')] }])
  expect(rivals({ ...field, evidence: [quote('七六')] })[1]?.evidence).toEqual([quote('七六')])
  expect(rivals({ ...field, status: 'filled' })).toEqual([])
  expect(editable('scene', ['甲', '乙'])).toBe('甲')
})

test.each([
  [{ text: '80', num: 80 }, '%IACS', '≥', '≥80 %IACS'],
  [{ text: '±0.2', num: 0.2 }, '毫米', '±', '±0.2 毫米'],
  [{ text: '60~80', num: 60, num2: 80 }, 'μm', 'range', '60~80 μm'],
  [{ text: '3%', num: 3 }, '%', null, '3%'],
  [null, 'mm', '≥', ''],
])('figure: %o', (q, unit, op, want) => {
  expect(figure(q, unit, op)).toBe(want)
})

test('three signs are good, one is poor', () => {
  expect(trust({ rule: true, aligned: true, agree: true })).toBe('good')
  expect(trust({ rule: true, aligned: true, agree: false })).toBe('fair')
  expect(trust({ rule: false, aligned: true, agree: false })).toBe('poor')
  expect(trust(undefined)).toBeUndefined()
})
