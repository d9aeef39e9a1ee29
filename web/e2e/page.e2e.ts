// The chat page in a real browser, in front of a stand-in for the service.
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FakeService } from '../chat/testing/fake'
import { interview } from '../chat/testing/script'
import { launch, phone, shot, watch } from './browser'

let browser: Browser
let fake: FakeService
let address: string
let page: Page
let faults: string[]

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

beforeEach(async () => {
  fake = new FakeService([...interview], join(import.meta.dirname, '..', 'dist'))
  address = await fake.listen()
  page = await (await browser.newContext(phone)).newPage()
  page.setDefaultTimeout(10_000)
  faults = watch(page)
})
afterEach(async () => {
  await page.context().close()
  await fake.close()
  expect(faults).toEqual([])
})

const agree = async (): Promise<void> => {
  await page.goto(`${address}/c/demo`)
  await page.getByTestId('consent-agree').click()
  await page.getByTestId('message-bot').first().waitFor()
}
const say = async (text: string): Promise<void> => {
  const before = await page.getByTestId('message-bot').count()
  await page.getByTestId('composer').fill(text)
  await page.getByTestId('send').click()
  await page.getByTestId('message-bot').nth(before).waitFor()
}

describe('the chat page', () => {
  test('leads through an interview', async () => {
    await page.goto(`${address}/c/demo`)
    await page.getByPlaceholder('单位名称').waitFor()
    await shot(page, '01-consent')
    await page.getByTestId('consent-agree').click()
    await page.getByText('您现在最想解决的技术难题是什么').waitFor()
    await shot(page, '02-opening')
    await say('我们做铜合金带材的，强度上不去，一提强度导电率就掉。')
    fake.typing(true)
    await page.getByTestId('typing').waitFor({ state: 'visible' })
    await shot(page, '03-typing')
    fake.typing(false)
    await say('用在新能源汽车的连接器上，轧制以后做时效。<script>alert(1)</script>')
    await say('导电率现在 76%IACS，要到 80%IACS 以上')
    await shot(page, '04-choices')
    await page.getByRole('button', { name: '50–100 万元' }).click()
    await page.getByTestId('readback').waitFor()
    await shot(page, '05-readback')
    await page.getByRole('button', { name: '修改：完成时限' }).click()
    expect(await page.getByTestId('composer').inputValue()).toBe('第4条改为：12 个月')
    await page.getByTestId('composer').fill('')
    await page.getByTestId('confirm').click()
    await page.getByTestId('messages').getByText('这条需求已经提交').waitFor()
    await shot(page, '06-done')
    expect(await page.getByTestId('progress').getAttribute('aria-valuenow')).toBe('13')
    expect(fake.posted.map((message) => message.choice ?? message.text)).toEqual([
      '我们做铜合金带材的，强度上不去，一提强度导电率就掉。', '用在新能源汽车的连接器上，轧制以后做时效。<script>alert(1)</script>',
      '导电率现在 76%IACS，要到 80%IACS 以上', 'b50-100', 'readback.ok',
    ])
  })

  test('sends what was written offline, once', async () => {
    await agree()
    fake.unplugged = (path) => path.startsWith('/api/')
    fake.cut()
    await page.getByTestId('composer').fill('断网时写的话')
    await page.keyboard.press('Enter')
    await page.getByText('等待网络，会自动重发').waitFor()
    await page.getByText('网络断开了').waitFor()
    await shot(page, '07-offline')
    await page.reload().catch(() => undefined)
    await page.getByText('断网时写的话').waitFor()
    fake.unplugged = () => false
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByTestId('message-bot').nth(1).waitFor()
    await page.getByText('网络断开了').waitFor({ state: 'hidden' })
    expect(fake.posted.map((message) => message.text)).toEqual(['断网时写的话'])
    expect(await page.getByTestId('message-contact').count()).toBe(1)
  })

  test('goes on elsewhere by a link, and the token leaves the address', async () => {
    await agree()
    await say('铜合金带材')
    const other = await (await browser.newContext(phone)).newPage()
    await other.goto(`${address}/s/continue#${fake.session}.${fake.token}`)
    await other.getByText('铜合金带材', { exact: true }).waitFor()
    expect(other.url()).toBe(`${address}/s/continue`)
    await other.reload()
    await other.getByText('铜合金带材', { exact: true }).waitFor()
    await other.context().close()
  })

  test('tells a refusal in words and gives the text back', async () => {
    await agree()
    fake.refusal = { status: 422, code: 'text_binary', detail: '消息里有不能显示的控制字符。' }
    await page.getByTestId('composer').fill('坏消息')
    await page.getByTestId('send').click()
    await page.getByText('没有发出去：消息里有不能显示的控制字符。').waitFor()
    await shot(page, '08-refused')
    await page.getByRole('button', { name: '放回输入框' }).click()
    expect(await page.getByTestId('composer').inputValue()).toBe('坏消息')
  })

  test('keeps the draft, counts long texts, and does not send them', async () => {
    await agree()
    await page.getByTestId('composer').fill('铜'.repeat(600))
    await page.getByText('600/20000 字').waitFor()
    await page.reload()
    expect(await page.getByTestId('composer').inputValue()).toHaveLength(600)
    await page.getByTestId('composer').fill('铜'.repeat(20_001))
    await page.getByText('太长了').waitFor()
    expect(await page.getByTestId('send').isDisabled()).toBe(true)
  })

  test('shows the menu, the data, and erases all', async () => {
    await agree()
    await page.getByTestId('menu').click()
    await shot(page, '09-menu')
    await page.getByTestId('menu-data').click()
    await page.getByText('导电率 ≥ 80 %IACS，现在 76 %IACS，20 ℃').waitFor()
    await shot(page, '10-data')
    await page.getByRole('button', { name: '关闭' }).click()
    await page.getByTestId('menu').click()
    await page.getByTestId('menu-erase').click()
    await page.getByTestId('yes').click()
    await page.getByText('已经全部删除').waitFor()
    expect(fake.erased).toBe(true)
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key !== 'tanxu:lang'))).toEqual([])
  })

  test('hands over to a person', async () => {
    await agree()
    await page.getByTestId('human').click()
    await shot(page, '11-human')
    await page.getByTestId('yes').click()
    await page.getByTestId('message-contact').waitFor()
    fake.say({ from: 'broker', ai: false, text: '您好，我是中心的小王，接着和您聊。', state: { owner: 'broker', status: 'handed_over' } })
    await page.getByText('技术经纪人正在和您对话').waitFor()
    await shot(page, '12-broker')
    expect(fake.posted[0]?.text).toBe('转人工')
  })

  test('speaks English and is dark where asked', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.goto(`${address}/c/demo`)
    await page.getByTestId('language').click()
    await page.getByText('You are talking to an AI').waitFor()
    await shot(page, '13-consent-en-dark')
    await page.getByTestId('consent-agree').click()
    await page.getByTestId('message-bot').first().waitFor()
    for (const text of ['带材', '连接器', '76', '五十万']) await say(text)
    await page.getByTestId('readback').waitFor()
    await shot(page, '14-readback-dark')
  })

  test('gives every control 44 pixels', async () => {
    await agree()
    await say('铜合金带材')
    await say('连接器')
    await say('76')
    const small = await page.locator('button:visible').evaluateAll((buttons) =>
      buttons.map((button) => ({ text: button.textContent, box: button.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 44 || box.height < 44).map(({ text }) => text))
    expect(small).toEqual([])
  })

  test('falls back to asking when streams do not pass', async () => {
    fake.streams = false
    await agree()
    await say('铜合金带材')
    await page.getByText('连接不太稳定').waitFor({ timeout: 30_000 })
    fake.say({ text: '稍后补一句。' })
    await page.getByTestId('messages').getByText('稍后补一句。').waitFor()
  })
})
