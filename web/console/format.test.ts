import i18next from 'i18next'
import { beforeEach, expect, test } from 'vitest'
import { ago, span } from './format'
import './i18n'

beforeEach(() => i18next.changeLanguage('zh'))

test.each([
  ['P12M', '12 个月'], ['P1Y', '1 年'], ['P6W', '6 周'], ['P90D', '90 天'], ['2027', '2027年'], ['2027-06', '2027年6月'], ['2027-06-30', '2027年6月30日'],
  ['尽快', '尽快'],
])('span of %s', (iso, want) => {
  expect(span(iso)).toBe(want)
})

test.each([
  ['2026-11-25T06:41:00Z', '19分钟前'], ['2026-11-25T01:00:00Z', '6小时前'], ['2026-11-23T01:00:00Z', '2026年11月23日'], ['2026-11-25T07:00:30Z', '刚刚'],
])('ago: %s', (iso, want) => {
  expect(ago(iso, Date.parse('2026-11-25T07:00:00Z'))).toBe(want)
})
