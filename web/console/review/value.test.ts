import { expect, test } from 'vitest'
import { editable, parsed, shown, trust } from './value'

test.each([
  ['a text', '导电率低', '导电率低'],
  ['a list', ['换过焊料', '加过保温'], '换过焊料\n加过保温'],
  ['a range of money', { min: 50, max: 100, unit: '万元' }, '50–100 万元'],
  ['one figure', { min: 80, max: 80, unit: '万元' }, '80 万元'],
  ['a deadline', { iso: '2027-06', text: '明年六月' }, '明年六月（2027-06）'],
  ['nothing', null, ''],
])('shown: %s', (_, value, want) => {
  expect(shown(value)).toBe(want)
})

test.each([
  ['budget', '50-100', { min: 50, max: 100, unit: '万元' }],
  ['budget', '80 万元', { min: 80, max: 80, unit: '万元' }],
  ['budget', '100-50', undefined],
  ['budget', '面议', undefined],
  ['deadline', '2027-06', { iso: '2027-06', text: '2027-06' }],
  ['deadline', 'P12M', { iso: 'P12M', text: 'P12M' }],
  ['deadline', '明年', undefined],
  ['tried', '换过焊料\n\n加过保温', ['换过焊料', '加过保温']],
  ['problem', '  漏 ', '漏'],
  ['problem', ' ', undefined],
])('parsed: %s of %s', (key, text, want) => {
  expect(parsed(key, text)).toEqual(want)
})

test('an edit of what is shown gives the same value', () => {
  for (const [key, value] of [['budget', { min: 50, max: 100, unit: '万元' }], ['tried', ['甲', '乙']], ['problem', '漏']] as const) {
    expect(parsed(key, editable(key, value))).toEqual(value)
  }
})

test('three signs are good, one is poor', () => {
  expect(trust({ rule: true, aligned: true, agree: true })).toBe('good')
  expect(trust({ rule: true, aligned: true, agree: false })).toBe('fair')
  expect(trust({ rule: false, aligned: true, agree: false })).toBe('poor')
  expect(trust(undefined)).toBeUndefined()
})
