import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { addContact, confirmFile, correctSection, print, recordCustomer, type See } from './desk.ts'
import { changeRule, doTask, lookAround } from './law.ts'
import { chromiumPath, firstPassword, look, openBrowser, openHouse, send, type Window } from './house.ts'

if (!chromiumPath) console.warn('\n  没有 Chromium，跳过浏览器流程 / no Chromium: the journeys are skipped\n')

const windows: Window[] = [
  { language: 'zh', width: 1440, script: true },
  { language: 'en', width: 390, script: true },
  { language: 'zh', width: 1440, script: false },
]

const customers = `企业名称,统一社会信用代码,联系电话,所在省份,地区,注册地址
广寒桂子制冷设备有限公司,,19900001234,浙江省,杭州市,西湖区月宫路 9 号
蓬莱渡口海鲜商行,,0571-85550123,浙江省,宁波市,海曙区仙山路 1 号
,,,,,
广寒桂子制冷设备有限公司,,19900001234,浙江省,杭州市,西湖区月宫路 9 号
`

describe.skipIf(!chromiumPath)('the first day of a company', () => {
  it.each(windows)('$language, $width wide, script $script', async (window) => {
    const address = await openHouse()
    const browser = await openBrowser(address, window)
    const see = (page: Page) => look(page, window)

    const first = await signIn(await browser.context(), 'C00001', firstPassword, window)
    await see(first)
    await nameCompany(first, see)
    await add(first, '/organisation/departments', '城东营业部', see)
    await add(first, '/organisation/regions', '东区', see)
    const keeper = await hire(first, '齐思远', 'system_admin', see)
    const clerk = await hire(first, '何以宁', 'front_desk', see)
    const head = await hire(first, '江问渠', 'sales_director', see)
    const general = await hire(first, '陶然亭', 'general_manager', see)
    const reader = await hire(first, '明察秋', 'auditor', see)
    await first.goto('/')
    await see(first)
    await send(first, '/first-steps/finish', {})
    await first.goto('/access')
    await see(first)
    await first.goto('/customers')
    await expect(first.title()).resolves.toMatch(/没有照办|Not done/)

    const desk = await signIn(await browser.context(), clerk.number, clerk.secret, window)
    await see(desk)
    await importFile(desk, see)
    await findAndOpen(desk, see, window)
    const number = await recordCustomer(desk, see, window)
    await correctSection(desk, number, see, window)
    await addContact(desk, number, see)
    await print(desk, number)
    await doTask(desk, number, see)
    await lookAround(desk, ['/deadlines', '/tasks', '/calendar', '/notices', '/notices/settings'], see)

    const director = await signIn(await browser.context(), head.number, head.secret, window)
    await confirmFile(director, number, see, window)

    const auditor = await signIn(await browser.context(), reader.number, reader.secret, window)
    await auditor.goto('/audit')
    await see(auditor)
    const told = await auditor.locator('main').innerText()
    for (const who of ['何以宁', number]) expect(told).toContain(who)
    await auditor.goto(`/customers/${number}`)
    expect(await auditor.locator('a[href$="/identity"]').count()).toBe(0)

    const admin = await signIn(await browser.context(), keeper.number, keeper.secret, window)
    const manager = await signIn(await browser.context(), general.number, general.secret, window)
    await changeRule(admin, manager, see, window)
    await lookAround(admin, ['/staff', '/jobs', '/regulations/presets', '/regulations/changes'], see)
    expect(browser.complaints).toEqual([])
  })
})

/** With the issued password, which must be changed at once; then in the language of the window. */
async function signIn(context: BrowserContext, account: string, secret: string, window: Window): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/')
  expect(page.url()).toContain('/sign-in')
  await look(page, window)
  await send(page, '', { account, password: secret })
  expect(page.url()).toContain('/password')
  await look(page, window)
  const own = `十只白鹭 ten herons ${account.slice(-1)}x`
  await send(page, '', { currentPassword: secret, newPassword: own, repeatPassword: own })
  expect(page.url()).not.toContain('/password')
  if (window.language === 'en') {
    await page.evaluate('document.querySelector("form[action=\'/language\'] button[name=language]").click()')
    await page.waitForFunction('document.documentElement.lang.startsWith("en")')
  }
  return page
}

async function nameCompany(page: Page, see: See): Promise<void> {
  await page.goto('/organisation/company')
  await see(page)
  await send(page, '', { name: '云杉桥商贸', trade: 'general' })
  expect(await page.locator('main').innerText()).toContain('云杉桥商贸')
}

async function add(page: Page, folder: string, name: string, see: See): Promise<void> {
  await page.goto(folder)
  await send(page, '', { name })
  expect(await page.locator('main').innerText()).toContain(name)
  await see(page)
}

async function hire(page: Page, name: string, role: string, see: See): Promise<{ number: string; secret: string }> {
  await page.goto('/staff/new')
  await see(page)
  await send(page, '', { name })
  const secret = await page.locator('#secret').innerText()
  const number = /C\d{5}/.exec(page.url())![0]
  await see(page)
  await page.goto(`/staff/${number}/roles`)
  await see(page)
  await send(page, '', { role, scope: 'company' })
  expect(page.url()).toMatch(new RegExp(`/staff/${number}$`))
  return { number, secret }
}

async function importFile(page: Page, see: See): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'kehu-journey-')), '客户.csv')
  writeFileSync(file, customers)
  await page.goto('/imports/new')
  await see(page)
  await send(page, '', {}, file)
  expect(page.url(), await page.locator('main').innerText()).toMatch(/\/imports\/I\d+\/mapping$/)
  await see(page)
  await send(page, '', { source: 'existing', purpose: 'business' })
  expect(page.url(), await page.locator('main').innerText()).toMatch(/\/imports\/I\d+$/)
  for (let wait = 0; wait < 40 && (await page.locator('[data-behaviour=refresh]').count()) > 0; wait++) {
    await page.waitForTimeout(500)
    await page.reload()
  }
  expect(await page.locator('main a[href^="/customers/K"]').count()).toBeGreaterThanOrEqual(2)
  await see(page)
  await page.goto('/imports')
  await see(page)
}

async function findAndOpen(page: Page, see: See, { width, script }: Window): Promise<void> {
  if (width > 640 && !script) {
    await page.goto('/')
    await page.locator('input[type=search], [name=q]').first().fill('桂子')
    await page.keyboard.press('Enter')
    await page.waitForLoadState('networkidle')
  } else await page.goto('/customers?q=桂子')
  await see(page)
  await page.locator('main a[href^="/customers/K"]').first().click()
  await page.waitForURL(/\/customers\/K\d{10}(?:\?|$)/)
  await page.waitForLoadState('networkidle')
  expect(await page.locator('h1').innerText()).toContain('广寒桂子')
  await see(page)
}
