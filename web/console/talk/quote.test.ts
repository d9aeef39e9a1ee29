import { expect, test } from 'vitest'
import { messageOf, pieces } from './quote'

const evidence = (start: number, end: number) => ({ ref: 'message:m1', start, end, quote: '' })

test.each([
  ['one quote', '导电率现在76，要到80', [evidence(3, 7)], ['导电率', '*现在76', '，要到80']],
  ['an emoji before it counts as one', '😀导电率76', [evidence(1, 4)], ['😀', '*导电率', '76']],
  ['two that overlap', '导电率现在76', [evidence(0, 5), evidence(3, 7)], ['*导电率现在', '*76']],
  ['none', '导电率', [], ['导电率']],
  ['past the end', '导电', [evidence(1, 9)], ['导', '*电']],
  ['empty text', '', [evidence(0, 1)], []],
])('%s', (_, text, list, want) => {
  expect(pieces(text, list).map((p) => (p.lit ? '*' : '') + p.text)).toEqual(want)
})

test('evidence of a document refers to no message', () => {
  expect(messageOf({ ...evidence(0, 1), ref: 'document:d1#p2' })).toBeUndefined()
  expect(messageOf(evidence(0, 1))).toBe('m1')
})
