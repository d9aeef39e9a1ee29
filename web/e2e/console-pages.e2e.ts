// Every page of the console: for everybody, on a phone, and when things go wrong.
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Schema } from '../console/api/client'
import { ask, Broker, enter } from './broker'
import { launch, phone, shot, watch } from './browser'
import { odd } from './odd-need'
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

/** What axe finds on a page, in short. */
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  return found.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

async function firstNeed(page: Page): Promise<Schema['Need']> {
  const { items } = await ask<Schema['NeedPage']>(page, '/needs?limit=1&sort=-score')
  return ask<Schema['Need']>(page, `/needs/${items[0]?.id}`)
}

describe.skipIf(!running)('the pages of the console', () => {
  test.each([['light', 'light'], ['dark', 'dark']] as const)('axe has nothing to say of them (%s)', async (_, colorScheme) => {
    const stranger = await (await browser.newContext({ locale: 'zh-CN', colorScheme })).newPage()
    const faults = watch(stranger)
    await stranger.goto(`${running?.url}/console`)
    await stranger.getByLabel('用户名').waitFor()
    expect(await violations(stranger)).toEqual([])
    await stranger.context().close()

    const { page, context, faults: own } = await broker.open('/', { colorScheme })
    const need = await firstNeed(page)
    const look = async (path: string, sign: string, act?: () => Promise<void>) => {
      await page.goto(`${running?.url}/console${path}`)
      await page.locator(sign).first().waitFor()
      await act?.()
      expect(await violations(page), path).toEqual([])
    }
    await look('/needs', '.list tbody tr')
    await look(`/needs/${need.id}`, '[data-stop=problem]', async () => {
      await page.keyboard.press('j')
      await page.locator('mark').first().waitFor()
    })
    await look(`/needs/${need.id}`, '[data-stop=problem]', async () => {
      await page.getByRole('button', { name: '修改：' }).nth(3).click()
      await page.getByRole('dialog').waitFor()
    })
    await look(`/conversations/${need.conversation_id}`, '.said')
    expect([...faults, ...own]).toEqual([])
    await context.close()
  }, 300_000)

  test('axe has nothing to say of the others', async () => {
    const { page, context, faults } = await broker.open('/')
    const { id } = await firstNeed(page)
    await page.locator('.tasks li').first().waitFor()
    expect(await violations(page), 'home').toEqual([])
    await page.goto(`${running?.url}/console/needs/${id}`)
    await page.getByRole('tab').first().waitFor()
    for (const tab of (await page.getByRole('tab').all()).slice(1)) {
      await tab.click()
      await page.getByRole('tabpanel').getByRole('status', { name: '正在读取' }).waitFor({ state: 'hidden' })
      expect(await violations(page), await tab.textContent() ?? '').toEqual([])
    }
    for (const library of ['achievements', 'experts', 'finance-products']) {
      await page.goto(`${running?.url}/console/library/${library}`)
      await page.locator('.list tbody a').first().click()
      await page.locator('.facts').first().waitFor()
      expect(await violations(page), library).toEqual([])
    }
    for (const own of ['/account', '/admin/users', '/admin/keys', '/admin/audit']) {
      await page.goto(`${running?.url}/console${own}`)
      await page.getByRole('status', { name: '正在读取' }).waitFor({ state: 'hidden' })
      expect(await violations(page), own).toEqual([])
    }
    await page.goto(`${running?.url}/console/needs?q=没有这样的需求`)
    await page.locator('.ant-empty').waitFor()
    expect(await violations(page), 'nothing found').toEqual([])
    expect(faults).toEqual([])
    await context.close()
  }, 300_000)

  test('a phone shows the record first, and the transcript behind a tab', async () => {
    const { page, context, faults } = await broker.open('/', phone)
    const need = await firstNeed(page)
    await page.goto(`${running?.url}/console/needs/${need.id}`)
    await page.locator('[data-stop=scene]').tap()
    await page.locator('blockquote').first().waitFor()
    expect(await page.locator('blockquote').first().textContent()).toBe(need.fields['scene']?.evidence[0]?.quote)
    expect(await page.getByRole('log').count()).toBe(0)
    await page.getByRole('button', { name: '在对话中查看' }).tap()
    expect(await page.locator('mark').first().textContent()).toBe(need.fields['scene']?.evidence[0]?.quote)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(faults).toEqual([])
    await shot(page, 'console-10-phone')
    await context.close()
  })

  test('fields that are no plain values are shown as what they are', async () => {
    const { page, context, faults } = await broker.open('/')
    const need = odd(await firstNeed(page))
    await page.route(`**/api/v1/needs/${need.id}`, (route) => route.fulfill({ json: need }))
    await page.goto(`${running?.url}/console/needs/${need.id}`)
    await page.getByText('这条需求不是访谈得来的').waitFor()
    const field = (key: string) => page.locator('.field', { has: page.locator(`[data-stop=${key}]`) })
    expect(await field('deadline').locator('.rival').allTextContents()).toEqual(['一年（12 个月）以这个为准', '明年六月（2027年6月）以这个为准'])
    expect(await field('budget').textContent()).toContain('联系人不便说')
    expect(await field('foundation').textContent()).toContain('要问设备科的李工')
    expect(await field('ip_terms').textContent()).toContain('“看情况再说吧。”')
    expect(await field('chain').textContent()).toContain('系统推测是“有色金属”')
    expect(await page.locator('.rows').textContent()).toContain('没有明确目标')
    const longest = await field('problem').locator('.value').textContent()
    expect(longest?.length).toBeLessThan(600)
    await field('problem').locator('.value').click()
    expect((await field('problem').locator('.value').textContent())?.length).toBeGreaterThan(1_900)
    expect(await violations(page)).toEqual([])
    await shot(page, 'console-11-odd')
    expect(faults).toEqual([])
    await context.close()
  })

  test.each([
    [403, 'scope_missing', '没有查看这项内容的权限'], [404, 'need_unknown', '没有找到这项内容'], [409, 'kind_conflict', '与当前的情况冲突'],
    [429, 'too_many', '请求太频繁'], [503, 'database_down', '数据库暂时连接不上'],
  ])('a refusal with status %i is told in words', async (status, code, words) => {
    const { page, context } = await broker.open('/needs')
    const title = { 409: '与当前的情况冲突，请刷新后再试。', 429: '请求太频繁，请稍后再试。', 503: '数据库暂时连接不上，请稍后再试。' }[status] ?? '不行'
    const need = await firstNeed(page)
    await page.route(`**/api/v1/needs/${need.id}`, (route) => route.fulfill({ status, json: { type: 'about:blank', title, status, code, instance: 'r-1' } }))
    await page.goto(`${running?.url}/console/needs/${need.id}`)
    await page.getByRole('alert').getByText(words).waitFor()
    await context.close()
  })

  test('a session that ends is renewed over the page, and what was written stays', async () => {
    const { page, context } = await broker.open('/')
    const need = await firstNeed(page)
    await page.goto(`${running?.url}/console/needs/${need.id}`)
    await page.getByRole('button', { name: '修改：已试办法' }).click()
    const tried = `换过两家的保护气，第 ${Date.now()} 次核对`
    await page.getByLabel('已试办法', { exact: true }).fill(tried)
    await context.clearCookies()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('dialog', { name: '请重新登录' }).waitFor()
    await shot(page, 'console-12-expired')
    if (running) await enter(page, running)
    await page.getByRole('dialog', { name: '请重新登录' }).waitFor({ state: 'hidden' })
    expect(await page.getByLabel('已试办法', { exact: true }).inputValue()).toBe(tried)
    await page.getByRole('button', { name: '保存' }).click()
    await page.locator('[data-stop=tried]').getByText(tried).waitFor()
    await context.close()
  })

  test('a wrong password is refused in words', async () => {
    const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
    await page.goto(`${running?.url}/console`)
    await enter(page, { user: 'nobody', password: 'wrong' })
    await page.getByRole('alert').getByText('用户名或密码不对').waitFor()
    await page.context().close()
  })
})
