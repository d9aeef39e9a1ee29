// A short interview through the page, with the whole service behind it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch, phone, shot, watch } from './browser'
import { type Service, service } from './service'

const running: Service | undefined = await service()
if (!running) console.warn('not tested with the whole service: set TANXU_E2E_URL, or build bin/tanxu and set TEST_DATABASE_URL')

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await running?.stop()
})

/** Says something, by typing it or by a quick reply, and returns the answer. */
async function say(page: Page, text: string): Promise<string> {
  const bot = page.getByTestId('message-bot')
  const before = await bot.count()
  await page.getByTestId('composer').fill(text)
  await page.getByTestId('send').click()
  await bot.nth(before).waitFor()
  return (await bot.last().textContent()) ?? ''
}

describe.skipIf(!running)('an interview', () => {
  test('from the consent to the submitted need', async () => {
    const page = await (await browser.newContext(phone)).newPage()
    page.setDefaultTimeout(20_000)
    const faults = watch(page)
    await page.goto(`${running?.url}/c/demo`)
    await page.getByText('和您对话的是人工智能').waitFor()
    await page.getByPlaceholder('单位名称').fill('赣江铜业')
    await page.getByPlaceholder('怎么称呼您').fill('李工')
    await shot(page, 'real-01-consent')
    await page.getByTestId('consent-agree').click()
    await page.getByTestId('message-bot').first().waitFor()
    await shot(page, 'real-02-opening')

    await say(page, '我们做铜合金带材，强度上不去，一提强度导电率就往下掉，客户退了两批货。')
    await say(page, '用在新能源汽车连接器上，轧制以后在井式炉里做时效。')
    await say(page, '导电率现在是76%IACS，要到80%IACS以上，抗拉强度不低于600MPa。')
    await shot(page, 'real-03-answers')
    await say(page, '12个月内完成，预算50到100万元。')
    await say(page, '就到这里吧，结束')
    await page.getByTestId('readback').last().waitFor()
    await shot(page, 'real-04-readback')
    const lines = await page.getByTestId('readback').last().getByTestId('card-line').allTextContents()
    expect(lines.join('\n')).toContain('80')
    expect(lines.join('\n')).toMatch(/50.*100/)

    await page.getByTestId('confirm').click()
    await page.getByTestId('status').getByText('已提交').waitFor()
    await shot(page, 'real-05-done')

    await page.reload()
    await page.getByTestId('status').getByText('已提交').waitFor()
    await page.getByTestId('menu').click()
    await page.getByTestId('menu-data').click()
    await page.getByTestId('record').getByText('铜合金带材').first().waitFor()
    await shot(page, 'real-06-data')
    await page.getByRole('button', { name: '关闭' }).click()
    await page.getByTestId('menu').click()
    await page.getByTestId('menu-erase').click()
    await page.getByTestId('yes').click()
    await page.getByText('已经全部删除').waitFor()
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('pauses, goes on, and hands over to a person', async () => {
    const page = await (await browser.newContext(phone)).newPage()
    page.setDefaultTimeout(20_000)
    await page.goto(`${running?.url}/c/demo`)
    await page.getByTestId('consent-agree').click()
    await page.getByTestId('message-bot').first().waitFor()
    await say(page, '注塑件表面有流痕，合格率只有85%。')
    await page.getByTestId('menu').click()
    await page.getByTestId('menu-pause').click()
    await page.getByTestId('status').getByText('已暂停').waitFor()
    await page.getByTestId('menu').click()
    await page.getByTestId('menu-resume').click()
    await page.getByTestId('status').getByText('正在访谈').waitFor()
    await page.getByTestId('human').click()
    await page.getByTestId('yes').click()
    await page.getByTestId('status').getByText('已转人工').waitFor()
    await shot(page, 'real-07-human')
    await page.context().close()
  })

  test('an unknown invitation is refused in words', async () => {
    const page = await (await browser.newContext(phone)).newPage()
    await page.goto(`${running?.url}/c/nobody`)
    await page.getByTestId('consent-agree').click()
    await page.getByText('邀请链接不存在或已过期').waitFor()
    await page.context().close()
  })
})
