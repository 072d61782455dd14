import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { told } from './archive.ts'
import { send } from './house.ts'

// What people do with a month's plan and one visit of it, from the recurring visit to the kept promise.

type See = (page: Page) => Promise<void>

/** VIS-01: every week, from a template. */
export async function repeat(page: Page, customer: string, see: See): Promise<void> {
  await page.goto(`/visits/templates/new?customer=${customer}`)
  await see(page)
  await page.locator('[name=purpose_relations]').check({ force: true })
  await send(page, '', { rhythm: 'weekly', weekday: '2', time: '10:00', minutes: '40', fromOn: '2026-03-01' })
  expect(page.url(), await told(page)).not.toContain('/new')
}

export async function record(page: Page, name: string, n: number): Promise<string> {
  await page.goto('/customers/new')
  const address = `滨江区云外路 ${n} 号`
  await send(page, '', { name, phone: `0571-55500${n}`, address, source: 'walk_in', purpose: 'business' })
  return /K\d{10}/.exec(page.url())![0]
}

/** VIS-10: whom the regulation asks to be visited monthly. */
export async function gradeA(page: Page, customers: readonly string[]): Promise<void> {
  for (const customer of customers) {
    await page.goto(`/customers/${customer}/grade`)
    await send(page, '', { grade: 'A', reason: '年用量大' })
  }
}

const planned = (page: Page) => page.locator('.plan-figures b').first()

/** What was pressed is done, and the page tells of so many visits. */
async function pressed(page: Page, press: () => Promise<void>, n: number): Promise<void> {
  await press()
  await expect.poll(() => planned(page).innerText(), { timeout: 15_000 }).toBe(String(n))
  await page.waitForLoadState('networkidle')
}

/**
 * VIS-01, VIS-02, VIS-10: twenty visits: begun from the coverage with one customer, the recurring ones taken up, all who are due
 * put in at once, one with nobody's record, and the rest by keyboard. Answers with the plan's address.
 */
export async function planMonth(page: Page, month: string, customer: string, see: See): Promise<string> {
  await page.goto('/coverage?rule=yearly&span=all')
  await page.locator(`a[href="/visits/plans/new?customer=${customer}"]`).click()
  await page.waitForURL(/plans\/new/)
  await see(page)
  await send(page, '', { month, day: `${month}-02` })
  const plan = /\/visits\/plans\/JH\d{10}/.exec(page.url())![0]
  await pressed(page, () => page.locator(`form[action="${plan}/templates"] button`).click(), 6)
  await pressed(page, () => page.locator(`form[action="${plan}/suggestions"] button[name=all]`).click(), 9)
  await page.goto(`${plan}/visits/new`)
  await page.locator('[name=purpose_new_customer]').check({ force: true })
  // Who is no customer yet stands among what is rarely needed.
  await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
  await send(page, '', { party: '桃花渡轴承厂', target: 'potential', day: `${month}-26`, time: '14:00', minutes: '60' })
  expect(page.url(), await told(page)).toContain(plan)
  await page.goto(plan)
  await quickly(
    page,
    ['04', '05', '06', '09', '11', '12', '13', '16', '18', '19'].map((day) => `${month}-${day}`),
    10,
  )
  await see(page)
  await page.goto(`${plan}/submission`)
  await see(page)
  await send(page, '', { note: '重点看老客户' })
  expect(await told(page)).toContain('待审批')
  return plan
}

/** The purpose once; then whom, which day, Enter, and the cursor is back where the next is typed. */
async function quickly(page: Page, days: readonly string[], already: number): Promise<void> {
  await page.locator('[name=purpose_relations]').check({ force: true })
  await page.locator('[name=customer]').focus()
  for (const [n, day] of days.entries()) {
    await page.keyboard.type('九色鹿')
    await page.locator('[name=day]').fill(day)
    await pressed(page, () => page.keyboard.press('Enter'), already + n + 1)
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('customer')
  }
}

/** VIS-01: line by line; the last one is refused, and why. */
export async function decideLines(page: Page, plan: string, see: See): Promise<void> {
  await page.goto('/')
  await see(page)
  await page.locator('.queue a.btn[href^="/approvals?kind=visit.plan"]').first().click()
  await page.waitForLoadState('networkidle')
  await see(page)
  await page.goto(`${plan}/decision`)
  await see(page)
  const last = page.locator('.plan-choices > li').last()
  await last.locator('[type=radio][value=refuse]').check({ force: true })
  await last.locator('input[name^=why_]').fill('这家先打电话')
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.locator('form:has(.plan-choices) button[type=submit]').first().click()
  expect((await answered).status(), await told(page)).toBe(303)
  await page.waitForURL((url) => !url.pathname.endsWith('/decision'), { timeout: 20_000 })
  await page.waitForLoadState('networkidle')
  await page.goto(plan)
  const words = await told(page)
  for (const word of ['已批准', '这家先打电话']) expect(words).toContain(word)
  await see(page)
}

/** VIS-03, VIS-11: on the telephone, from the day sheet: agreed, then there. */
export async function goThere(page: Page, day: string, confirmedAt: string, see: See): Promise<string> {
  await page.goto(`/visits/day?on=${day}`)
  await see(page)
  const visit = /\/visits\/BF\d{10}/.exec(
    (await page.locator('main a[href^="/visits/BF"]').first().getAttribute('href'))!,
  )![0]
  await page.goto(`${visit}/appointment`)
  await send(page, '', { way: 'phone', with: '鹿鸣野', confirmedAt })
  await page.goto(visit)
  expect(await told(page)).toContain('鹿鸣野')
  await see(page)
  return visit
}

export async function arrive(page: Page, visit: string): Promise<void> {
  await page.goto('/visits/day')
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.locator(`form[action="${visit}/arrival"] button`).first().click()
  expect((await answered).status()).toBe(303)
  await page.waitForLoadState('networkidle')
  await page.goto(visit)
  expect(await told(page)).toContain('已拜访')
}

/** VIS-06, VIS-07, VIS-13: with a promise and what was heard of the market. */
export async function report(page: Page, visit: string, see: See): Promise<void> {
  await page.goto(`${visit}/report`)
  await see(page)
  await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
  await send(page, '', {
    reached: 'reached',
    content: '看了一号库，对了上月的用量。',
    findings: '存货只够十天。',
    feedback: '送货准时，希望早点通知。',
    competitors: '蓬莱轴承来过一次。',
    nextStep: '寄新目录，下周再打电话。',
    promiseWhat1: '寄新目录',
    promiseDue1: '2026-03-06',
    noteKind1: 'competitor',
    noteAbout1: '蓬莱轴承',
    noteText1: '蓬莱轴承在城东压了半成价。',
  })
  const words = await told(page)
  for (const word of ['已报告', '寄新目录', '蓬莱轴承在城东压了半成价']) expect(words).toContain(word)
  await see(page)
}

export async function review(page: Page, visit: string, see: See): Promise<void> {
  await page.goto('/visits/reports?tab=waiting')
  await see(page)
  await page.goto(`${visit}/report/review`)
  await see(page)
  await send(page, '', { decision: 'read', reason: '写得清楚' })
  await page.goto(visit)
  expect(await told(page)).toContain('写得清楚')
}

/** VIS-07: kept. */
export async function keepPromise(page: Page, see: See): Promise<void> {
  await page.goto('/promises')
  await see(page)
  const task = (await page.locator('main a[href^="/tasks/"]').first().getAttribute('href'))!
  await page.goto(`${task.split(/[?#]/)[0]}/result`)
  await send(page, '', { result: '目录寄到了，客户收到。' })
  await page.goto('/promises?state=kept')
  expect(await told(page)).toContain('寄新目录')
}
