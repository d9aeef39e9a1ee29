import i18next from 'i18next'
import { beforeEach, expect, test } from 'vitest'
import '../i18n'
import { details, statements } from './detail'

beforeEach(() => i18next.changeLanguage('zh'))

test.each([
  ['a finance product', { limit: 500, term_months: 12, regions: ['360700', '361000'], chains: [], valid_until: '2027-12-31', trl_min: 5, trl_max: 7, stages: ['中期'] }, [
    'limit: 500 万元', 'term_months: 12 个月', 'regions: 赣州、抚州', 'stages: 中期', 'trl: 技术就绪度 5–7 级', 'valid_until: 2027年12月31日',
  ]],
  ['rights', { ip: [{ kind: '发明专利', number: '演示专利0001', status: '有效' }] }, ['ip: 发明专利 演示专利0001（有效）']],
  ['projects', { projects: [{ title: '硬质合金低压烧结', year: 2019, result: '已供货' }, { title: '侧吹还原', year: 2020 }] }, ['projects: 2019 硬质合金低压烧结：已供货 | 2020 侧吹还原']],
  ['what no list names', { 备注: '可上门', limit: 0, price: '' }, ['备注: 可上门']],
  ['nothing', {}, []],
])('%s', (_, detail, want) => {
  expect(details(detail).map(({ key, lines }) => `${key}: ${lines.join(' | ')}`)).toEqual(want)
})

test('figures are read one by one, and what stands in brackets stays together', () => {
  expect(statements('导电率≥82 %IACS（20 ℃；GB/T 32791）；抗拉强度≥540 MPa; ')).toEqual(['导电率≥82 %IACS（20 ℃；GB/T 32791）', '抗拉强度≥540 MPa'])
})
