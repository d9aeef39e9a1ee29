import i18next from 'i18next'
import { beforeEach, expect, test } from 'vitest'
import '../i18n'
import { type Condition, type Fact, faultOf, ofKind, said, withTest } from './rules'

beforeEach(() => i18next.changeLanguage('zh'))

const facts: Fact[] = [
  { fact: 'established_years', shape: 'number', name: '成立年限', unit: '年' },
  { fact: 'tags', shape: 'tags', name: '企业资质', words: ['高企', '小巨人'] },
  { fact: 'region', shape: 'code', name: '所在地区' },
  { fact: 'credit_clean', shape: 'flag', name: '无不良征信', no: '有不良征信' },
]
const say = (c: Condition) => said(c, facts, i18next.t)

test.each<[Condition, string, string | undefined]>([
  [{ fact: 'established_years', at_least: 2 }, '成立年限不低于 2 年', undefined],
  [{ fact: 'established_years', between: [2, 5] }, '成立年限在 2 到 5 年之间', undefined],
  [{ fact: 'established_years', between: [5, 2] }, '成立年限在 5 到 2 年之间', 'rules.wrong.order'],
  [{ fact: 'established_years', at_most: null }, '成立年限不超过 … 年', 'rules.wrong.figure'],
  [{ fact: 'tags', in: ['高企', '小巨人'] }, '企业资质：高企或小巨人', undefined],
  [{ fact: 'tags', is: '高企' }, '企业资质：高企', undefined],
  [{ fact: 'tags', in: [] }, '企业资质：…', 'rules.wrong.words'],
  [{ fact: 'region', in: ['360700'] }, '所在地区：赣州', undefined],
  [{ fact: 'credit_clean', is: false }, '有不良征信', undefined],
  [{ not: { fact: 'tags', in: ['高企'] } }, '不是（企业资质：高企）', undefined],
  [{ all: [{ fact: 'credit_clean', is: true }, { any: [{ fact: 'tags', in: ['高企'] }, { fact: 'established_years', at_least: 3 }] }] }, '无不良征信，且（企业资质：高企，或成立年限不低于 3 年）', undefined],
  [{ any: [] }, '', 'rules.wrong.empty'],
  [{}, '（还没有选）', 'rules.wrong.fact'],
])('%o', (condition, words, fault) => {
  expect(say(condition)).toBe(words)
  expect(faultOf(condition, facts)).toBe(fault)
})

test('a change of kind or test keeps what was there', () => {
  const years: Condition = { fact: 'established_years', at_least: 2 }
  expect(ofKind('any', years)).toEqual({ any: [years] })
  expect(ofKind('all', { any: [years] })).toEqual({ all: [years] })
  expect(ofKind('fact', { not: years })).toEqual(years)
  expect(withTest(years, 'between')).toEqual({ fact: 'established_years', between: [2, null] })
  expect(withTest({ fact: 'established_years', between: [2, 5] }, 'at_most')).toEqual({ fact: 'established_years', at_most: 5 })
})
