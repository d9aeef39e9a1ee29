import { expect, test } from 'vitest'
import { pieces } from './diff'

const marked = (a: string, b: string) => pieces(a, b).map((p) => (p.other ? `[${p.text}]` : p.text)).join('')

test('what the other text lacks is marked', () => {
  expect(marked('导电率只有76%IACS', '导电率只有78%IACS')).toBe('导电率只有7[6]%IACS')
  expect(marked('客户退货，很急', '客户退货')).toBe('客户退货[，很急]')
  expect(marked('客户退货', '客户退货，很急')).toBe('客户退货')
})

test('equal, empty and endless texts are not taken apart', () => {
  expect(marked('抗软化温度', '抗软化温度')).toBe('抗软化温度')
  expect(pieces('', '导电率')).toEqual([])
  expect(marked('铜'.repeat(1300), '铝')).toBe(`[${'铜'.repeat(1300)}]`)
})

test('the pieces are the text again', () => {
  const a = '强度上去了导电率掉下来，退火以后变软，客户退了两批'
  const b = '退火以后变软，导电率也掉，客户上月退了三批'
  expect(pieces(a, b).map((p) => p.text).join('')).toBe(a)
})
