// The libraries: a messy sheet from the upload to records that somebody keeps.
import AxeBuilder from '@axe-core/playwright'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Broker } from './broker'
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

const testdata = join(import.meta.dirname, '..', '..', 'library', 'testdata')

/** What axe finds on a page, in short. */
async function violations(page: Page): Promise<string[]> {
  // What lies under the mouse changes its colour, and takes its time.
  await page.mouse.move(0, 0)
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter((a) => a instanceof CSSTransition).map((a) => a.finished)))
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  return found.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
}

/** Imports a file of a library, and waits for its report. */
async function bring(page: Page, library: string, name: string, buffer: Buffer) {
  await page.goto(`${running?.url}/console/library/${library}/import`)
  await page.getByLabel('选择文件').last().setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
  await page.getByRole('heading', { name: '列的含义' }).waitFor()
}

async function run(page: Page) {
  await page.getByRole('button', { name: '开始导入' }).click()
  await page.getByText('已完成', { exact: true }).waitFor()
}

describe.skipIf(!running)('libraries', () => {
  test('a messy sheet becomes achievements, row by row', async () => {
    const { page, context, faults } = await broker.open('/library/achievements/import')
    await bring(page, 'achievements', '成果征集表.xlsx', readFileSync(join(testdata, '成果征集表.xlsx')))
    expect(await page.getByLabel('“是否质押”对应').inputValue()).toBe('ip_pledge')
    await page.getByLabel('“备注”对应').selectOption('source_note')
    await page.getByText('人工指定').waitFor()
    await shot(page, 'libraries-01-mapping')
    expect(await violations(page)).toEqual([])

    await run(page)
    for (const reason of ['没有名称', '编号与前面的行重复，内容却不同', '密级高于“内部”，不能入库', '单元格是公式，没有保存的结果']) await page.getByText(reason).first().waitFor()
    await shot(page, 'libraries-02-report')
    expect(await violations(page)).toEqual([])

    await page.getByRole('link', { name: '高强高导铜铬锆合金短流程制备技术' }).first().click()
    await page.getByText('ZL202410234567.8 · 质押中').waitFor()
    await shot(page, 'libraries-03-record')
    expect(await violations(page)).toEqual([])
    expect(faults).toEqual([])
    await context.close()
  })

  test('a record is corrected, shown to be proven, archived and brought back', async () => {
    const { page, context, faults } = await broker.open('/library/achievements')
    await page.locator('.list tbody tr').nth(9).waitFor()
    await shot(page, 'libraries-00-list')
    expect(await violations(page)).toEqual([])
    await page.getByRole('searchbox').fill('硫酸盐 提锂')
    await page.getByRole('button', { name: '查找' }).click()
    await page.getByRole('link', { name: '锂辉石低温焙烧提锂新工艺' }).click()
    await page.getByRole('button', { name: '修改', exact: true }).click()
    await page.getByLabel('意向价格').fill('120万元')
    await page.getByLabel('技术就绪度').selectOption('9')
    await page.getByLabel('修改原因').fill('完成人来电更正')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('技术就绪度：TRL 等级与所处阶段不一致').waitFor()
    await shot(page, 'libraries-04-edit')
    expect(await violations(page)).toEqual([])
    await page.getByLabel('技术就绪度').selectOption('4')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('完成人来电更正').waitFor()

    await page.getByRole('button', { name: '填依据：有第三方检测报告' }).click()
    await page.getByRole('textbox', { name: '依据' }).fill('省质检院 2026-0417 号报告')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('省质检院 2026-0417 号报告').first().waitFor()
    await page.getByRole('button', { name: '确认仍有效' }).click()
    await page.getByText('确认有效').waitFor()
    await shot(page, 'libraries-05-kept')

    await page.getByRole('button', { name: '归档', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '归档' }).click()
    await page.getByRole('button', { name: '恢复' }).click()
    await page.getByRole('button', { name: '确认仍有效' }).waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  test('records that say the same are joined', async () => {
    const { page, context, faults } = await broker.open('/library/organisations')
    await bring(page, 'organisations', '单位名录.csv', readFileSync(join(testdata, '单位名录_gb18030.csv')))
    await run(page)
    await page.getByText('统一社会信用代码不对').waitFor()
    await page.goto(`${running?.url}/console/library/organisations/pairs`)
    await page.getByText('文字几乎相同').waitFor({ timeout: 90_000 })
    await shot(page, 'libraries-06-pairs')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '保留这条，合并' }).first().click()
    await page.getByText('没有疑似重复的记录。').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })

  test('the pages fit a phone', async () => {
    const { page, context } = await broker.open('/library/achievements', phone)
    await page.locator('.list tbody tr').first().waitFor()
    await shot(page, 'libraries-07-phone-list')
    const look = async (path: string, sign: string) => {
      await page.goto(`${running?.url}/console${path}`)
      await page.locator(sign).first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), path).toBe(true)
      expect(await violations(page), path).toEqual([])
    }
    for (const library of ['achievements', 'experts', 'providers', 'finance-products', 'organisations']) await look(`/library/${library}`, 'h1')
    await look('/library/achievements/import', '.drop')
    await page.goto(`${running?.url}/console/library/achievements?q=CG-2026-001`)
    await page.getByRole('link', { name: '高强高导铜铬锆合金短流程制备技术' }).click()
    await page.getByText('ZL202410234567.8').first().waitFor()
    await shot(page, 'libraries-08-phone-record')
    expect(await violations(page)).toEqual([])
    await context.close()
  })
})
