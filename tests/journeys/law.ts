import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { See } from './desk.ts'
import { send, type Window } from './house.ts'
import { clearInbox } from './inbox.ts'

/** RULE-02: what one person drafts, within its bounds, the general manager approves; the rule's page shows what is to come. */
export async function changeRule(keeper: Page, manager: Page, see: See, window: Window): Promise<void> {
  await keeper.goto('/regulations')
  await see(keeper)
  await keeper.locator('main a[href="/regulations/CUS-05"]').first().click()
  await keeper.waitForURL(/CUS-05$/)
  await see(keeper)
  await keeper.goto('/regulations/CUS-05/draft')
  await see(keeper)
  const draft = { customers_confirm_days: '11', reason: '蓬莱渡口一带路远' }
  await send(keeper, '', draft)
  await keeper.locator('main [data-rule="CAL-03"], main .error').first().waitFor()
  expect(await keeper.locator('[name=reason]').inputValue()).toBe(draft.reason)
  await send(keeper, '', { ...draft, customers_confirm_days: '2' })
  expect(keeper.url(), await keeper.locator('main').innerText()).toMatch(/\/regulations\/changes\/\w+$/)
  await see(keeper)

  const { approved, returned } = await clearInbox(manager, see, window)
  expect([approved.length, returned]).toEqual([1, []])
  await manager.goto('/regulations/CUS-05')
  expect(await manager.locator('main ins, main table').first().innerText()).toBeTruthy()
  await see(manager)
}

/** What somebody in the middle of the house opens once a day. */
export async function lookAround(page: Page, paths: string[], see: See): Promise<void> {
  for (const path of paths) {
    await page.goto(path)
    await see(page)
  }
}

/** CAL-02: a task for oneself, with its clock, done with a result. */
export async function doTask(page: Page, customer: string, see: See): Promise<void> {
  await page.goto(`/tasks/new?customer=${customer}`)
  await see(page)
  const me = await page.locator('[name=owner] option').nth(1).getAttribute('value')
  await send(page, '', { title: '补一份营业执照复印件', owner: me! })
  expect(page.url(), await page.locator('main').innerText()).toMatch(new RegExp(`/customers/${customer}$`))
  await page.locator('#tasks a[href^="/tasks/D"]').first().click()
  await page.waitForURL(/\/tasks\/D\d+$/)
  await page.waitForLoadState('networkidle')
  expect(await page.locator('main .deadline').count()).toBeGreaterThan(0)
  await see(page)
  const at = new URL(page.url()).pathname
  await page.goto(`${at}/result`)
  await see(page)
  await send(page, '', { result: '复印件已收到，存入档案' })
  await page.goto(at)
  expect(await page.locator('main').innerText()).toContain('复印件已收到')
  await see(page)
}
