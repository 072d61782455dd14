import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { root } from '../../src/config.ts'
import { newDataDir } from '../launch/starts.ts'

export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const firstPassword = 'the first heron of all'

/** The product as a company starts it: its own process, an empty database. */
export async function openHouse(env: Record<string, string> = {}): Promise<string> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      DATA_DIR: newDataDir(),
      PORT: String(port),
      LOG_LEVEL: 'error',
      FIRST_ADMIN_PASSWORD: firstPassword,
      ...env,
    },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (said: Buffer) => String(said).includes(`:${port}`) && resolve())
    void ended.then(() => reject(new Error('the server ended')))
  })
  return `http://localhost:${port}`
}

export type Window = { language: 'zh' | 'en'; width: number; script: boolean }

/** A browser of one person; whatever it complains about fails the journey. */
export async function openBrowser(address: string, { language, width, script }: Window) {
  const browser = await chromium.launch({ executablePath: chromiumPath!, args: ['--no-sandbox'] })
  onTestFinished(() => browser.close())
  const complaints: string[] = []
  return {
    complaints,
    async context(): Promise<BrowserContext> {
      const context = await browser.newContext({
        // A drawer that is still fading in has no contrast yet.
        reducedMotion: 'reduce',
        baseURL: address,
        locale: language === 'zh' ? 'zh-CN' : 'en-GB',
        viewport: { width, height: 900 },
        javaScriptEnabled: script,
      })
      context.setDefaultTimeout(8000)
      context.on('console', (message) => {
        // A form answered by 422 or 409 is no complaint of the page's.
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
      })
      context.on('weberror', (error) => complaints.push(String(error.error())))
      return context
    },
  }
}

/** Fills a form by its fields' names, whatever their kind, and sends it. */
export async function send(page: Page, action: string, values: Record<string, string>, file?: string): Promise<void> {
  const named = file ? '[type=file]' : `[name="${Object.keys(values)[0]}"]`
  const form = page.locator(action ? `form[action="${action}"]` : `form[method=post]:has(${named})`).first()
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`).first()
    const [tag, type] = await field.evaluate((element) => [element.tagName, element.getAttribute('type') ?? ''])
    if (tag === 'SELECT') await field.selectOption(value)
    else if (type === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check({ force: true })
    else await field.fill(value)
  }
  if (file) await form.locator('[type=file]').setInputFiles(file)
  const before = page.url()
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await form.locator('button[type=submit]').first().click()
  const answer = await answered
  if (answer.status() === 303 && !before.endsWith(answer.headers()['location'] ?? ''))
    await page.waitForURL((url) => url.href !== before, { timeout: 20_000 })
  await page.waitForLoadState('networkidle')
}

/** As wide as a desk and as narrow as a phone: nothing sticks out, nothing serious for people who cannot see or point. */
export async function look(page: Page, { width, script }: Window): Promise<void> {
  await expect.soft(page.locator('main h1').count(), page.url()).resolves.toBe(1)
  if (!script) return
  for (const wide of [1440, 390]) {
    await page.setViewportSize({ width: wide, height: 900 })
    const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect.soft(over, `${page.url()} sticks out at ${wide}`).toBeLessThanOrEqual(0)
    expect.soft(await serious(page), `${page.url()} at ${wide}`).toEqual([])
  }
  await page.setViewportSize({ width, height: 900 })
}

type Finding = { id: string; impact: string; nodes: { target: string[] }[] }

async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as Finding[]
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
