// A broker's day at the console: a need through review, and a talk taken over.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Schema } from '../console/api/client'
import { ask, Broker } from './broker'
import { launch, phone, shot } from './browser'
import { type Service, service } from './service'

const running: Service | undefined = await service()
if (!running) console.warn('not tested with the whole service: set TANXU_E2E_URL, or build bin/tanxu and set TEST_DATABASE_URL')

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

/** A need of the demo that waits for review and may be published. */
async function waiting(page: Page): Promise<Schema['Need']> {
  const { items } = await ask<Schema['NeedPage']>(page, '/needs?status=review&sort=-score')
  for (const { id, score } of items.filter((n) => n.conversation_id)) {
    const need = await ask<Schema['Need']>(page, `/needs/${id}`)
    if (score >= 80 && need.fields['scene']?.evidence[0] && need.indicators[0]?.evidence[0]) return need
  }
  throw new Error('no need waits for review')
}

/** Opens a field, writes another value, and saves. */
async function change(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('button', { name: `修改：${field}` }).first().click()
  await page.getByLabel(field, { exact: true }).fill(text)
  await page.getByRole('button', { name: '保存' }).click()
}

describe.skipIf(!running)('the console', () => {
  test('takes a need from the list through review', async () => {
    const { page, context, faults } = await broker.open('/needs')
    const need = await waiting(page)
    await page.getByRole('link', { name: need.title }).click()
    const quote = need.fields['scene']?.evidence[0]?.quote ?? ''
    await page.locator('[data-stop=scene]').click()
    expect(await page.locator('mark').first().textContent()).toBe(quote)
    expect(await page.locator('mark').first().isVisible()).toBe(true)
    expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0)
    await shot(page, 'console-01-lit')

    await page.keyboard.press('j')
    await page.locator('[data-stop^="indicator:"][aria-pressed=true]').waitFor()
    expect(await page.locator('mark').first().textContent()).toBe(need.indicators[0]?.evidence[0]?.quote)
    await page.keyboard.press('k')
    await page.locator('[data-stop=scene][aria-pressed=true]').waitFor()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-stop'))).toBe('scene')

    await change(page, '完成时限', '18个月')
    await page.locator('[data-stop=deadline]').getByText('18个月').waitFor()
    await page.getByRole('tab', { name: '变更记录' }).click()
    await page.locator('.entry', { hasText: '完成时限' }).filter({ hasText: '18个月' }).filter({ hasText: '我' }).waitFor()

    await page.keyboard.press('r')
    await page.getByLabel('缺测试条件').check()
    await page.getByLabel('补充说明').fill('请补充抗拉强度的测试条件')
    await page.getByRole('dialog').getByRole('button', { name: '退回' }).click()
    await page.locator('.head').getByText('已退回').waitFor()
    await page.locator('.entry', { hasText: '请补充抗拉强度的测试条件' }).filter({ hasText: '缺测试条件' }).waitFor()
    await page.getByRole('button', { name: '提交审核' }).click()
    await page.locator('.head').getByText('待审核').waitFor()
    await page.keyboard.press('a')
    await page.getByRole('dialog').getByText(need.title).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.head').getByText('已发布').waitFor()
    await shot(page, 'console-02-published')
    expect(faults).toEqual([])
    await context.close()
  })

  test('tells who edits a stale version, and keeps what was written', async () => {
    const first = await broker.open('/needs')
    const need = await waiting(first.page)
    const second = await broker.open('/needs')
    await second.page.route('**/api/v1/events', (route) => route.abort()) // hears of no changes
    await second.page.goto(`${running?.url}/console/needs/${need.id}`)
    await second.page.locator('[data-stop=budget]').waitFor()
    await first.page.goto(`${running?.url}/console/needs/${need.id}`)
    await change(first.page, '投入预算', '66')
    await first.page.locator('[data-stop=budget]').getByText('66 万元').waitFor()

    await change(second.page, '投入预算', '77')
    await second.page.getByText('别人刚改过这条需求').waitFor()
    await second.page.getByText('现在的内容：66 万元').waitFor()
    await shot(second.page, 'console-03-stale')
    await second.page.getByRole('button', { name: '保存' }).click()
    await second.page.locator('[data-stop=budget]').getByText('77 万元').waitFor()
    await first.page.locator('[data-stop=budget]').getByText('77 万元').waitFor() // hears of it
    await first.context.close()
    await second.context.close()
  })

  test('shows ten achievements with reasons, and the words behind them', async () => {
    const { page, context, faults } = await broker.open('/needs')
    const need = await waiting(page)
    await page.goto(`${running?.url}/console/needs/${need.id}`)
    await page.getByRole('tab', { name: '匹配成果' }).click()
    await page.getByRole('button', { name: '重新匹配' }).click()
    const cards = page.locator('.match')
    await cards.nth(9).waitFor()
    expect(await cards.count()).toBe(10)
    for (const card of await cards.all()) expect(await card.locator('.why li').count()).toBeGreaterThan(0)
    await cards.first().locator('[data-stop]').first().click()
    const said = await cards.first().locator('.why dd').first().textContent()
    expect(said).toBe(`“${await page.locator('mark').first().textContent()}”`)
    await shot(page, 'console-04-matches')
    // Nobody is introduced to a need before it is approved.
    await page.getByRole('button', { name: '推荐对接' }).first().click()
    await page.getByText('这条需求还没有通过审核').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  test('takes a talk over, answers, and hands it back', async () => {
    const firm = `接待测试厂${Date.now()}`
    const contact = await (await browser.newContext(phone)).newPage()
    contact.setDefaultTimeout(30_000)
    await contact.goto(`${running?.url}/c/demo`)
    await contact.getByPlaceholder('单位名称').fill(firm)
    await contact.getByTestId('consent-agree').click()
    const say = async (text: string) => {
      await contact.getByTestId('composer').fill(text)
      await contact.getByTestId('send').click()
    }
    const bot = contact.getByTestId('message-bot')
    await bot.first().waitFor()
    await say('注塑件表面有流痕，合格率只有85%。')
    await bot.nth(1).waitFor()

    const { page, context, faults } = await broker.open('/conversations')
    await page.getByRole('link', { name: new RegExp(firm) }).click()
    await page.getByRole('log').getByText('合格率只有85%').waitFor()
    await page.getByRole('button', { name: '由我接待' }).click()
    await contact.getByTestId('status').getByText('已转人工').waitFor()
    await contact.getByTestId('message-system').getByText(/技术经纪人.*已接入/).waitFor()
    const before = await bot.count()
    await say('模具温度一直上不去。')
    await page.getByRole('log').getByText('模具温度一直上不去').waitFor() // live
    await page.getByLabel('回复联系人').fill('您好，我是中心的王工，模温现在多少度？')
    await page.keyboard.press('Enter')
    await contact.getByTestId('message-broker').getByText('我是中心的王工').waitFor()
    expect(await bot.count()).toBe(before)
    await shot(page, 'console-05-taken-over')

    await say('模温现在40度，要到60度。')
    await page.getByRole('log').getByText('要到60度').first().waitFor()
    await page.getByRole('button', { name: '交还机器人' }).click()
    await contact.getByTestId('status').getByText('正在访谈').waitFor()
    await contact.getByTestId('message-system').getByText('已把对话交还给小助手').waitFor()
    await bot.nth(before).waitFor() // goes on by itself, with what was told to the broker
    expect(await bot.nth(before).textContent()).toContain('60')
    await shot(contact, 'console-06-handed-back')
    await say('模温想到60度，用在空调外壳上。')
    await bot.nth(before + 1).waitFor()
    await page.getByRole('log').getByText('用在空调外壳上').first().waitFor()
    expect(faults).toEqual([])
    await context.close()
    await contact.context().close()
  })
})
