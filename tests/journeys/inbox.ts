import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { See } from './desk.ts'
import type { Window } from './house.ts'

export type Cleared = { approved: string[]; returned: string[] }

/**
 * From today's page into the inbox, and all that waits there decided: approved where that is possible, else returned with
 * a reason. With a script by keyboard alone; on a telephone, which has none, the list comes first.
 */
export async function clearInbox(page: Page, see: See, { script, width }: Window): Promise<Cleared> {
  const cleared: Cleared = { approved: [], returned: [] }
  await page.goto('/')
  await see(page)
  await page.locator('.queue a.btn[href^="/approvals?kind="]').first().click()
  await page.waitForURL(/\/approvals\?kind=/)
  await page.waitForLoadState('networkidle')
  for (;;) {
    await see(page)
    const open = page.locator('#request')
    if ((await open.count()) === 0) return cleared
    if (!(await open.isVisible())) await page.locator('.inbox-list a[href^="/approvals/S"]').first().click()
    await open.waitFor()
    const number = (await open.getAttribute('data-number'))!
    const whole = (await page.locator('.decide [value=approve]').count()) > 0
    await (script && width > 600 ? byKey(page, whole) : byButton(page, whole))
    await page.locator(`#request:not([data-number="${number}"]), main .nothing`).first().waitFor()
    await page.locator('#notice .notice', { hasText: number }).waitFor()
    cleared[whole ? 'approved' : 'returned'].push(number)
  }
}

async function byKey(page: Page, whole: boolean): Promise<void> {
  if (whole) return page.keyboard.press('a')
  await page.keyboard.press('r')
  expect(await page.locator('#f-reason:focus').count()).toBe(1)
  await page.keyboard.type('资料不全')
  await page.keyboard.press('Enter')
}

async function byButton(page: Page, whole: boolean): Promise<void> {
  if (!whole) await page.locator('#f-reason').fill('资料不全')
  await page.locator(`.decide [value=${whole ? 'approve' : 'return'}]`).click()
}
