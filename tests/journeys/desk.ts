import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { textOf } from '../support/pdf.ts'
import { send, type Window } from './house.ts'
import { clearInbox } from './inbox.ts'

// What a desk does in a day, in whichever window; nothing here reads the words of one language.
export type See = (page: Page) => Promise<void>

const name = '玉兔捣药堂药材商行'

/** A new customer: told of one alike while typing, kept as a draft meanwhile, fetched again and sent. */
export async function recordCustomer(page: Page, see: See, { script }: Window): Promise<string> {
  await page.goto('/customers/new')
  await see(page)
  await page.locator('[name=name]').fill('广寒桂子制冷设备厂')
  if (script) {
    await page.locator('[data-alike-of~=name] .callout').waitFor()
    await expect(page.locator('[name=distinction]').isVisible()).resolves.toBe(true)
    await see(page)
  } else {
    await send(page, '', { source: 'walk_in', purpose: 'business', address: '月宫路 9 号' })
    expect(await page.locator('.errors [data-rule="POOL-01"]').count()).toBe(1)
    await see(page)
  }
  await page.locator('[name=name]').fill(name)
  await page.locator('[name=remark]').fill('先记下，稍后再补')
  await keepDraft(page, script)

  await page.goto('/customers/new')
  await see(page)
  await page.locator('.draft a').click()
  await page.waitForURL(/draft=restore/)
  await page.waitForLoadState('networkidle')
  expect(await page.locator('[name=name]').inputValue()).toBe(name)
  await send(page, '', {
    phone: '19900004321',
    source: 'call_in',
    purpose: 'business',
    address: '月宫路 9 号',
    creditNote: '月结 30 天',
    tradeNote: '尚无交易',
  })
  expect(page.url(), await page.locator('main').innerText()).toMatch(/\/customers\/K\d{10}$/)
  expect(await page.locator('h1').innerText()).toContain(name)
  await see(page)
  await page.goto('/customers/new')
  expect(await page.locator('.draft').count()).toBe(0)
  return await numberOf(page)
}

/** Without a script by the button; with one by typing and waiting. */
async function keepDraft(page: Page, script: boolean): Promise<void> {
  if (script) await page.locator('[data-draft]', { hasText: /\d\d:\d\d/ }).waitFor()
  else {
    await page.locator('[data-key=save]').click()
    await page.waitForURL(/draft=restore/)
    expect(await page.locator('[name=name]').inputValue()).toBe(name)
  }
}

async function numberOf(page: Page): Promise<string> {
  await page.goto(`/customers?q=${encodeURIComponent(name)}`)
  const href = await page.locator('main a[href^="/customers/K"]').first().getAttribute('href')
  return /K\d{10}/.exec(href!)![0]
}

/** One section: in a drawer over the customer's page, or on a page of its own. What is masked stays masked. */
export async function correctSection(page: Page, number: string, see: See, { script }: Window): Promise<void> {
  await page.goto(`/customers/${number}`)
  expect(await page.locator('main').innerText()).toContain('199****4321')
  await page.locator(`main a[href="/customers/${number}/reach"]`).first().click()
  const form = script ? page.locator('up-drawer form[method=post]') : page.locator('main form[method=post]')
  await form.locator('[name=email]').waitFor()
  await see(page)
  expect(await form.locator('[name=phone]').inputValue()).toBe('199****4321')
  await form.locator('[name=email]').fill('nothing')
  await submit(page, form)
  // The answer is there before the page shows it.
  await page.locator('.errors, [aria-invalid=true]').first().waitFor()
  await see(page)
  await form.locator('[name=email]').fill('yutu@example.cn')
  await form.locator('[name=way][value=call]').check({ force: true })
  await submit(page, form)
  await page.locator('main', { hasText: 'y***@example.cn' }).first().waitFor()
  expect(page.url()).toMatch(/\/customers\/K\d{10}$/)
  await page.locator('up-drawer').waitFor({ state: 'detached' })
  const told = await page.locator('main').innerText()
  expect(told).toContain('199****4321')
  expect(told).not.toContain('yutu@example.cn')
}

async function submit(page: Page, form: Locator): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await form.locator('.btn-primary[type=submit]').click()
  await answered
  await page.waitForLoadState('networkidle')
}

export async function addContact(page: Page, number: string, see: See): Promise<void> {
  await page.goto(`/customers/${number}/contacts/new`)
  await see(page)
  await send(page, '', { name: '吴月桂', phones: '19900005678' })
  expect(page.url(), await page.locator('main').innerText()).toMatch(/\/customers\/K\d{10}$/)
  const told = await page.locator('main').innerText()
  expect(told).toContain('吴月桂')
  expect(told).toContain('199****5678')
  await see(page)
}

export async function print(page: Page, number: string): Promise<void> {
  const response = await page.request.get(`/customers/${number}/file.pdf`)
  expect(response.headers()['content-type']).toContain('application/pdf')
  const text = textOf(await response.body())
  for (const word of [name, '199****4321', '吴月桂', number]) expect(text).toContain(word)
  expect(text).not.toContain('19900004321')
}

/** CUS-05: the director clears the inbox; the whole file is confirmed, the others go back. */
export async function confirmFile(page: Page, number: string, see: See, window: Window): Promise<void> {
  const { approved, returned } = await clearInbox(page, see, window)
  expect([approved.length, returned.length > 0]).toEqual([1, true])
  await page.goto(`/approvals/${approved[0]}`)
  expect(await page.locator('#request').innerText()).toContain(number)
  await page.goto(`/customers/${number}`)
  expect(await page.locator(`form[action$="/customers/${number}/confirmation"]`).count()).toBe(0)
  await see(page)
}
