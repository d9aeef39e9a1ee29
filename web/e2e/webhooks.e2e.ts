// Another system that is told what happens: by a test, by a need that moves on,
// again by hand after a refusal, and no more once it is disabled.
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, Broker } from './broker'
import { launch, phone, shot } from './browser'
import { type Service, service } from './service'

const running: Service | undefined = await service()
if (!running) console.warn('not tested with the whole service: set TANXU_E2E_URL, or build bin/tanxu and set TEST_DATABASE_URL')

interface Post { headers: IncomingHttpHeaders; body: string }

const got: Post[] = []
let refuse = false // the receiver's next answers
const receiver = createServer((request, answer) => {
  let body = ''
  request.on('data', (piece) => { body += String(piece) })
  request.on('end', () => {
    got.push({ headers: request.headers, body })
    answer.writeHead(refuse ? 503 : 200).end(refuse ? '系统维护中，请稍后再试' : '收到')
  })
})

let browser: Browser
let broker: Broker
let address = ''
beforeAll(async () => {
  browser = await launch()
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve) })
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/tanxu/events`
  if (running) broker = new Broker(browser, running)
})
afterAll(async () => {
  await browser.close()
  receiver.closeAllConnections()
  receiver.close()
  await running?.stop()
})

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}`))
}

/** The signature that a message must have, as the specification has it. */
function signature(secret: string, { headers, body }: Post): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')}`
}

describe.skipIf(!running)('webhooks', () => {
  test('from the address to the signed message, and again', async () => {
    const { page, context, faults } = await broker.open('/admin/webhooks')
    const name = `省平台同步 ${Date.now()}`
    await page.getByRole('button', { name: '添加推送' }).click()
    await page.getByLabel('名称').fill(name)
    await page.getByLabel('接收地址').fill('http://用户:密码@example.cn/')
    await page.getByRole('dialog').getByRole('button', { name: '添加' }).click()
    await page.getByText('不要带用户名').waitFor()
    await page.getByLabel('接收地址').fill(address)
    await page.getByLabel('退回补充').check()
    await shot(page, 'webhooks-01-add')
    expect(await violations(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: '添加' }).click()
    const secret = await page.locator('.once code').textContent() ?? ''
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/=]{44}$/)
    await shot(page, 'webhooks-02-secret')
    await page.getByRole('button', { name: '关闭' }).last().click()
    await shot(page, 'webhooks-03-list')
    await page.getByRole('link', { name }).click()
    await page.getByRole('button', { name: '发送测试' }).click()
    await page.locator('tr', { hasText: '测试' }).getByText('已送达').waitFor()
    expect(got).toHaveLength(1)
    expect(got[0]?.headers['webhook-signature']).toBe(signature(secret, got[0] as Post))
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({ event: 'ping', id: got[0]?.headers['webhook-id'] })

    refuse = true
    const waiting = (await ask<{ items: { id: string; version: number }[] }>(page, '/needs?status=review&limit=1')).items[0]
    const answer = await page.request.post(`${new URL(page.url()).origin}/api/v1/needs/${waiting?.id}/return`, {
      headers: { 'If-Match': `"${waiting?.version}"` }, data: { reasons: ['missing_indicator'] },
    })
    expect(answer.status(), await answer.text()).toBe(200)
    const row = page.locator('tr', { hasText: '退回补充' })
    await row.getByText('等待重发').waitFor()
    expect(JSON.parse(got.at(-1)?.body ?? '')).toMatchObject({ event: 'need.returned', need_id: waiting?.id, from: 'review', to: 'returned' })
    await shot(page, 'webhooks-04-one')
    expect(await violations(page)).toEqual([])
    await row.getByRole('button').click()
    await page.getByText('系统维护中').waitFor()
    await shot(page, 'webhooks-05-delivery')
    expect(await violations(page)).toEqual([])
    refuse = false
    await page.getByRole('button', { name: '重发' }).click()
    await row.getByText('已送达').waitFor()
    expect(got.at(-1)?.headers['webhook-id']).toBe(got.at(-2)?.headers['webhook-id'])

    await page.getByRole('button', { name: '停用' }).click()
    await page.getByText('已停用').first().waitFor()
    expect(await page.getByRole('button', { name: '发送测试' }).count()).toBe(0)
    const path = new URL(page.url()).pathname.replace('/console', '')

    const dark = await broker.open(path, { colorScheme: 'dark' })
    await dark.page.getByRole('row').getByText('已送达').first().waitFor()
    expect(await violations(dark.page)).toEqual([])
    await shot(dark.page, 'webhooks-06-dark')
    const small = await broker.open(path, phone)
    await small.page.getByRole('row').getByText('已送达').first().waitFor()
    expect(await small.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await shot(small.page, 'webhooks-07-phone')
    await small.page.getByRole('button', { name: '修改' }).click()
    await shot(small.page, 'webhooks-08-phone-edit')

    await page.getByRole('button', { name: '删除' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
    await page.getByRole('heading', { name: '消息推送' }).waitFor()
    await page.locator('tr', { hasText: name }).waitFor({ state: 'detached' })
    expect([...faults, ...dark.faults, ...small.faults]).toEqual([])
    for (const c of [context, dark.context, small.context]) await c.close()
  })
})
