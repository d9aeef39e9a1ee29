// Needs that are one, and a case from its match to the first follow-up.
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Schema } from '../console/api/client'
import { ask, Broker } from './broker'
import { launch, phone, shot } from './browser'
import { type Service, service } from './service'

const running: Service | undefined = await service()

let browser: Browser
let broker: Broker
beforeAll(async () => {
  browser = await launch()
  if (running) broker = new Broker(browser, running)
})
afterAll(async () => {
  await browser.close()
  await running?.stop()
})

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  return found.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

/** Asks until the service, which works in the background, has what is wanted. */
async function until<T>(page: Page, path: string, wanted: (found: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const found = await ask<T>(page, path)
    if (wanted(found)) return found
    if (tries > 120) throw new Error(`${path} never has it: ${JSON.stringify(found).slice(0, 500)}`)
    await page.waitForTimeout(500)
  }
}

/** Two needs that two people of one firm have handed in, under two names of it. */
async function handIn(page: Page, mark: string): Promise<void> {
  const text = `${mark}铜铬锆带材在时效以后导电率只有74%IACS，强度做到560MPa时客户退货，希望提高到80%IACS以上且强度不降`
  const file = `企业,需求名称,技术难题\n江右铜带厂（${mark}）,${mark}铜铬锆带材导电率提升,${text}\n江右铜业（${mark}）,${mark}铜铬锆带材导电率提升攻关,${text}，已经换过两家的料\n`
  await page.goto(`${running?.url}/console/imports`)
  await page.getByLabel('选择文件').last().setInputFiles({ name: `${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(file) })
  await page.getByRole('button', { name: '开始导入' }).click()
  await page.getByText('已完成').waitFor()
}

describe.skipIf(!running)('the library of needs', () => {
  test('two needs that are one are found, compared, merged, and taken apart again', async () => {
    const mark = `甲${Date.now() % 100_000}`
    const { page, context, faults } = await broker.open('/needs')
    await handIn(page, mark)
    const pairs = await until<Schema['NeedPairPage']>(page, '/need-pairs', (p) => p.items.some((i) => i.needs.every((n) => n.title.startsWith(mark))))
    expect(pairs.items.find((i) => i.needs.every((n) => n.title.startsWith(mark)))?.kind).toBe('near')

    await page.goto(`${running?.url}/console/need-pairs`)
    await page.getByRole('link', { name: `${mark}铜铬锆带材导电率提升` }).first().waitFor()
    expect(await violations(page), 'pairs').toEqual([])
    await shot(page, 'needs-1-pairs')
    await page.getByRole('link', { name: `${mark}铜铬锆带材导电率提升` }).first().click()
    await page.locator('ins').first().waitFor()
    expect(await violations(page), 'compare').toEqual([])
    await shot(page, 'needs-2-compare')
    await page.getByRole('row', { name: /问题/ }).getByText('右边').first().click()
    await page.getByRole('button', { name: '合并成一条' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
    await page.getByRole('heading', { level: 1 }).getByText(mark).waitFor()
    expect(page.url()).not.toContain('/with/')

    const { items } = await until<Schema['NeedPage']>(page, `/needs?q=${encodeURIComponent(mark)}&status=merged`, (p) => p.items.length === 1)
    await page.goto(`${running?.url}/console/needs/${items[0]?.id}`)
    await page.getByRole('status').getByText('这条需求已并入').waitFor()
    expect(await violations(page), 'merged').toEqual([])
    await page.getByRole('button', { name: '撤销合并' }).click()
    await page.getByText('这条需求已并入').waitFor({ state: 'hidden' })
    await page.getByRole('tab', { name: '相似需求' }).click()
    await page.getByText('疑似重复').first().waitFor()
    expect(await violations(page), 'similar').toEqual([])
    await shot(page, 'needs-3-similar')
    expect(faults).toEqual([])
    await context.close()
  }, 180_000)

  test('the search finds by any words, and narrows by place and day', async () => {
    const { page, context, faults } = await broker.open('/needs?q=导电率')
    await page.locator('.list tbody tr').first().waitFor()
    const all = await page.locator('.list tbody tr').count()
    expect(all).toBeGreaterThan(0)
    await page.getByLabel('所在地', { exact: true }).selectOption('赣州')
    await page.waitForURL(/region=/)
    await page.goto(`${running?.url}/console/needs?q=导电率&to=2020-01-01`)
    await page.locator('.ant-empty').waitFor()
    expect(await violations(page), 'search').toEqual([])
    expect(faults).toEqual([])
    await context.close()
  })
})

/** A need for which the library has an expert. */
async function withExperts(page: Page): Promise<string> {
  const { items } = await ask<Schema['NeedPage']>(page, '/needs?limit=100')
  for (const { id } of items) if ((await ask<Schema['ExpertMatchList']>(page, `/needs/${id}/experts`)).items.length > 0) return id
  throw new Error('no need has an expert')
}

describe.skipIf(!running)('cases', () => {
  test('a match is recommended on its card, introduced, signed and followed up', async () => {
    const { page, context, faults } = await broker.open('/cases')
    const { items } = await ask<Schema['NeedPage']>(page, '/needs?limit=1&sort=-score&status=review')
    const need = items[0]?.id ?? ''
    await page.goto(`${running?.url}/console/needs/${need}`)
    await page.getByRole('tab', { name: '匹配' }).click()
    await page.locator('.match, .ant-empty').first().waitFor()
    if (await page.locator('.match').count() === 0) await page.getByRole('button', { name: /匹配/ }).last().click()
    const card = page.locator('.match').filter({ has: page.getByRole('button', { name: '推荐对接' }) }).first()
    await card.locator('h3 .link').click() // is kept as a click
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    const title = await card.locator('h3 .link').textContent() ?? ''
    await shot(page, 'cases-0-matches')
    expect(await violations(page), 'matches').toEqual([])
    // Nobody is introduced to a need that is not approved.
    await card.getByRole('button', { name: '推荐对接' }).click()
    await page.getByText('这条需求还没有通过审核').waitFor()
    expect((await ask<Schema['CasePage']>(page, `/cases?need=${need}`)).items).toEqual([])
    await page.getByRole('button', { name: '通过并发布' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
    await page.getByText('已通过并发布').waitFor()
    await page.reload()
    await page.getByRole('tab', { name: '匹配' }).click()
    await page.getByRole('article', { name: title, exact: true }).getByRole('button', { name: '推荐对接' }).click()
    const decided = page.getByRole('article', { name: title, exact: true })
    await decided.getByRole('link', { name: '查看对接单' }).click()
    await page.getByRole('heading', { level: 1 }).getByText(title).waitFor()

    const act = async (name: string, fill?: () => Promise<void>) => {
      await page.getByRole('button', { name, exact: true }).click()
      if (!fill) return
      await fill()
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    }
    await act('企业同意')
    await page.getByText('记下：企业同意对接').waitFor()
    await act('成果方同意')
    await page.locator('[aria-current=step]').getByText('洽谈').waitFor()
    await act('约定下一步', async () => {
      await page.getByLabel('做什么').fill('寄送三卷样带')
      await page.getByLabel('由谁做').fill('刘工')
      await page.getByLabel('哪天前完成').fill('2026-01-05')
    })
    await page.getByText('已逾期').first().waitFor()
    expect(await violations(page), 'case').toEqual([])
    await shot(page, 'cases-1-case')
    await act('登记合同', async () => { await page.getByLabel('合同编号').fill('赣技合2026-118') })
    await page.locator('[aria-current=step]').getByText('签约').waitFor()
    await act('登记投产', async () => { await page.getByLabel('日期').waitFor() })
    await act('登记 30 天回访', async () => { await page.getByLabel('进展情况').selectOption('running') })
    await page.locator('[aria-current=step]').getByText('回访').waitFor()

    await page.goto(`${running?.url}/console/cases`)
    await page.getByRole('region', { name: '回访' }).getByRole('article').first().waitFor()
    expect(await violations(page), 'board').toEqual([])
    await shot(page, 'cases-2-board')
    expect(faults).toEqual([])
    await context.close()

    // An expert is brought together with the need in the same way.
    const dark = await broker.open(`/needs/${need}`, { colorScheme: 'dark' })
    await dark.page.getByRole('tab', { name: '匹配' }).click()
    await dark.page.locator('.match').first().waitFor()
    expect(await violations(dark.page), 'matches in the dark').toEqual([])
    await shot(dark.page, 'cases-0-matches-dark')
    await dark.page.goto(`${running?.url}/console/needs/${await withExperts(dark.page)}`)
    await dark.page.getByRole('tab', { name: '专家' }).click()
    const expert = dark.page.getByRole('tabpanel').locator('.match').first()
    await expert.getByRole('button', { name: '加入初筛' }).click()
    await expert.getByRole('link', { name: '查看对接单' }).click()
    await dark.page.getByRole('button', { name: '推荐对接' }).waitFor()
    await shot(dark.page, 'cases-1-expert-dark')
    expect(dark.faults).toEqual([])
    await dark.context.close()

    const small = await broker.open('/cases', phone)
    await small.page.locator('.list tbody tr').first().waitFor()
    expect(await small.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await violations(small.page), 'list on a phone').toEqual([])
    await shot(small.page, 'cases-3-phone')
    await small.page.locator('.list tbody tr a').first().tap()
    await small.page.locator('[aria-current=step]').waitFor()
    await shot(small.page, 'cases-4-phone-case')
    expect(await small.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(small.faults).toEqual([])
    await small.context.close()
  }, 180_000)
})
