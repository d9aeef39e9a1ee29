// A broker at the console, with the whole service behind it.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { watch } from './browser'
import type { Service } from './service'

const wide: BrowserContextOptions = {
  viewport: { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
}

// CI has two slow cores, on which other tests may have left the service busy.
const patience = 30_000

export interface Desk {
  page: Page
  context: BrowserContext
  faults: string[]
}

/** A broker who signs in once, and then opens as many windows as needed. */
export class Broker {
  private session: Awaited<ReturnType<BrowserContext['storageState']>> | undefined

  constructor(private readonly browser: Browser, private readonly service: Service) {}

  /** A window that is signed in. */
  async open(path: string, options: BrowserContextOptions = {}): Promise<Desk> {
    this.session ??= await this.signIn()
    const context = await this.browser.newContext({ ...wide, storageState: this.session, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
    const faults = watch(page)
    await page.goto(`${this.service.url}/console${path}`)
    return { page, context, faults }
  }

  private async signIn() {
    const context = await this.browser.newContext(wide)
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
    await page.goto(`${this.service.url}/console`)
    await enter(page, this.service)
    await page.getByRole('heading', { name: '概览' }).waitFor()
    const state = await context.storageState()
    await context.close()
    return state
  }
}

/** Fills in who signs in, and sends it. */
export async function enter(page: Page, { user, password }: Pick<Service, 'user' | 'password'>): Promise<void> {
  await page.getByLabel('用户名').fill(user)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
}

/** What the API answers to the broker of a window. */
export async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(`${new URL(page.url()).origin}/api/v1${path}`)
  return await answer.json() as T
}
