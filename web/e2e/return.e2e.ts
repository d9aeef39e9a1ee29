// A need that comes back to its contact, and the link that asks for the rest on
// another device.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, Broker } from './broker'
import { launch, phone, shot, watch } from './browser'
import { type Service, service } from './service'

const running: Service | undefined = await service()

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await running?.stop()
})

async function say(page: Page, text: string): Promise<void> {
  const bot = page.getByTestId('message-bot')
  const before = await bot.count()
  await page.getByTestId('composer').fill(text)
  await page.getByTestId('send').click()
  await bot.nth(before).waitFor()
}

describe.skipIf(!running)('a need that comes back', () => {
  test('is told in the chat, goes on there, and on a second device', async () => {
    if (!running) return
    const firm = `退回测试厂${Date.now()}`
    const contact = await (await browser.newContext(phone)).newPage()
    contact.setDefaultTimeout(30_000)
    const faults = watch(contact)
    await contact.goto(`${running.url}/c/demo`)
    await contact.getByPlaceholder('单位名称').fill(firm)
    await contact.getByTestId('consent-agree').click()
    await contact.getByTestId('message-bot').first().waitFor()
    await say(contact, '我们做铜合金带材，导电率现在是76%IACS，要到80%IACS以上，客户退了两批货。')
    await contact.getByTestId('file').setInputFiles({ name: '补充.txt', mimeType: 'text/plain', buffer: Buffer.from('铜合金带材的导电率试过两种时效制度，都上不去。') })
    await contact.getByTestId('message-bot').getByText('《补充.txt》').waitFor()
    await say(contact, '就到这里吧，结束')
    await contact.getByTestId('confirm').click()
    await contact.getByTestId('status').getByText('已提交').waitFor()

    const { page, context } = await new Broker(browser, running).open('/conversations')
    const { items } = await ask<{ items: { org: string, id: string, need_ids: string[] }[] }>(page, '/conversations?limit=100')
    const talk = items.find((c) => c.org === firm)
    const need = talk?.need_ids[0] ?? ''
    await page.goto(`${running.url}/console/conversations/${talk?.id}`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载文件' }).click()])
    expect(download.suggestedFilename()).toBe('补充.txt')

    await page.goto(`${running.url}/console/needs/${need}`)
    await page.locator('[data-stop=problem]').waitFor()
    await page.keyboard.press('r')
    await page.getByLabel('缺应用场景').check()
    await page.getByLabel('补充说明').fill('请说说是哪条产线')
    await page.getByRole('dialog').getByRole('button', { name: '退回' }).click()
    await contact.getByTestId('message-system').getByText('请说说是哪条产线').waitFor()
    await contact.getByTestId('status').getByText('正在访谈').waitFor()
    await contact.getByTestId('message-bot').last().getByText('？').waitFor()
    await shot(contact, 'return-01-told')
    await say(contact, '井式炉时效的那条线，年产3000吨。')

    const link = await page.request.post(`${running.url}/api/v1/needs/${need}/follow-up`, { headers: { Origin: running.url } })
    const { path } = await link.json() as { path: string }
    const second = await (await browser.newContext(phone)).newPage()
    second.setDefaultTimeout(30_000)
    await second.goto(`${running.url}${path}`)
    await second.getByTestId('consent-agree').click()
    await second.getByTestId('message-bot').first().getByText('导电率').first().waitFor()
    await shot(second, 'return-02-second-device')
    await say(second, '12个月内完成。')
    expect(faults).toEqual([])
    await context.close()
    await second.context().close()
    await contact.context().close()
  })
})
