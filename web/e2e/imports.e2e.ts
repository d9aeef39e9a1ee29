// A file of needs from the upload to the follow-up in the chat.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Broker } from './broker'
import { launch, phone, shot, watch } from './browser'
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

// A number of its own: a file that is there already would not be imported again.
const stamp = Date.now()
const table = [
  '某市企业技术需求汇总表,,,,', '序号,企业名称,需求名称,技术难题,技术指标,内部代号',
  `1,甲公司${stamp},高导铜合金带材,目前铜合金带材导电率只有76%IACS,导电率≥80%IACS,=A1`,
  `2,甲公司${stamp},高导铜合金带材,目前铜合金带材导电率只有76%IACS。,导电率≥80%IACS,B`,
  `3,乙公司${stamp},,酸洗废水COD处理后仍有150mg/L，排放不达标,COD≤50mg/L,C`, ',合计,,,,',
].join('\n')

describe.skipIf(!running)('imports', () => {
  test('a file becomes needs, and a need is followed up by link', async () => {
    const { page, context, faults } = await broker.open('/imports')
    await page.getByLabel('选择文件').last().setInputFiles({ name: `需求${stamp}.csv`, mimeType: 'text/csv', buffer: Buffer.from(table) })
    await page.getByRole('heading', { name: '列的含义' }).waitFor()
    await shot(page, 'imports-01-mapping')
    await page.getByLabel('“内部代号”对应').selectOption('ignore')
    await page.getByText('人工指定').waitFor()

    await page.getByRole('button', { name: '开始导入' }).click()
    await page.getByText('已完成').waitFor()
    await page.getByRole('row').filter({ hasText: '与已有需求重复' }).waitFor()
    await shot(page, 'imports-02-report')
    await page.getByRole('button', { name: '有问题的行' }).click()
    await page.getByText('合计行，不是需求').waitFor()
    await page.getByRole('button', { name: '全部' }).click()

    await page.getByRole('link', { name: '高导铜合金带材' }).first().click()
    await page.locator('[data-stop=problem]').click()
    expect(await page.locator('mark').first().textContent()).toBe('目前铜合金带材导电率只有76%IACS')
    await shot(page, 'imports-03-source')
    await page.getByRole('button', { name: '补问' }).click()
    const link = await page.getByRole('textbox', { name: '补问链接' }).inputValue()
    expect(faults).toEqual([])
    await context.close()

    const other = await browser.newContext(phone)
    const chat = await other.newPage()
    const wrong = watch(chat)
    await chat.goto(`${running?.url}${new URL(link).pathname}`)
    await chat.getByTestId('consent-agree').click()
    await chat.getByText('这项需求，我们已经知道').waitFor()
    await shot(chat, 'imports-04-follow-up')
    expect(wrong).toEqual([])
    await other.close()
  })

  test('a file that cannot be read is refused in words', async () => {
    const { page, context } = await broker.open('/imports')
    await page.getByLabel('选择文件').last().setInputFiles({ name: '需求.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('\xD0\xCF\x11\xE0', 'latin1') })
    await page.getByText('请另存为 .xlsx 或 .docx').waitFor()
    await context.close()
  })
})
