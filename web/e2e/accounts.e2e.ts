// A user who is added, chooses a password, and switches the second factor on.
import { createHmac } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Broker, enter } from './broker'
import { launch, shot, watch } from './browser'
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

/** The code of an authenticator, so many periods from now (RFC 6238). */
function code(secret: string, periods: number): string {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => parseInt(b, 2)))
  const moment = Buffer.alloc(8)
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + periods))
  const hash = createHmac('sha1', key).update(moment).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

describe.skipIf(!running)('accounts', () => {
  test('from the link to two-step sign-in', async () => {
    if (!running) return
    const desk = await broker.open('/admin/users')
    await desk.page.getByRole('button', { name: '添加用户' }).click()
    await desk.page.getByLabel('姓名').fill('王芳')
    const login = `wangfang${Date.now()}`
    await desk.page.getByLabel('用户名').fill(login)
    await desk.page.getByLabel('角色').selectOption('broker')
    await shot(desk.page, 'accounts-01-add')
    await desk.page.getByRole('button', { name: '添加并生成链接' }).click()
    const link = await desk.page.locator('.once code').textContent() ?? ''
    await shot(desk.page, 'accounts-02-link')
    await desk.page.getByRole('button', { name: '关闭' }).last().click()
    await desk.page.getByText('待设置密码').waitFor()

    const context = await browser.newContext({ locale: 'zh-CN', reducedMotion: 'reduce' })
    const page = await context.newPage()
    const faults = watch(page)
    await page.goto(link)
    await page.getByLabel('新密码', { exact: true }).fill('short')
    await page.getByLabel('再输入一次新密码').fill('short')
    await page.getByRole('button', { name: '保存密码' }).click()
    await page.getByText('密码至少要 12 个字符').waitFor()
    await shot(page, 'accounts-03-welcome')
    const password = '赣江水暖鸭先知江西好地方'
    await page.getByLabel('新密码', { exact: true }).fill(password)
    await page.getByLabel('再输入一次新密码').fill(password)
    await page.getByRole('button', { name: '保存密码' }).click()
    await page.getByText(`您的用户名是 ${login}`).waitFor()
    await page.getByRole('link', { name: '去登录' }).click()
    await enter(page, { user: login, password })
    await page.getByRole('link', { name: '技术需求' }).waitFor()
    expect(await page.getByRole('link', { name: '管理' }).count()).toBe(0)

    await page.goto(`${running.url}/console/account`)
    await page.getByRole('button', { name: '开启两步验证' }).click()
    const secret = await page.locator('dialog code').textContent() ?? ''
    await page.getByLabel('验证码').fill('000000')
    await page.getByRole('button', { name: '确认开启' }).click()
    await page.getByText('验证码不对').waitFor()
    await shot(page, 'accounts-04-totp')
    await page.getByLabel('验证码').fill(code(secret, 0))
    await page.getByRole('button', { name: '确认开启' }).click()
    await page.getByText('已开启：').waitFor()
    await shot(page, 'accounts-05-account')

    await context.clearCookies()
    await page.goto(`${running.url}/console`)
    await enter(page, { user: login, password })
    await page.getByLabel('验证码').fill(code(secret, 1))
    await shot(page, 'accounts-06-code')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('link', { name: '技术需求' }).waitFor()
    // The browser itself reports the refused sign-ins that were meant.
    expect(faults.filter((f) => !/40[13]|422/.test(f))).toEqual([])
    expect(desk.faults).toEqual([])
    await context.close()
    await desk.context.close()
  })

  test('keys are made and revoked', async () => {
    const { page, context, faults } = await broker.open('/admin/keys')
    await page.getByRole('button', { name: '新建密钥' }).click()
    await page.getByLabel('用途').fill('省平台同步')
    await page.getByRole('button', { name: '新建', exact: true }).click()
    expect(await page.locator('.once code').textContent()).toMatch(/^tx_[0-9a-f]{10}_/)
    await page.getByRole('button', { name: '关闭' }).last().click()
    await shot(page, 'accounts-07-keys')
    const row = page.locator('tr', { hasText: '省平台同步' }).first()
    await row.getByText('查看需求').waitFor()
    await row.getByRole('button', { name: '作废' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '作废' }).click()
    await row.getByText('已作废').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })
})
