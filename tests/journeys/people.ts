import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { told } from './archive.ts'
import { look, send, type Window } from './house.ts'
import { clearInbox } from './inbox.ts'

// People of a house that has just been opened, each in a browser of their own.

export const desktop: Window = { language: 'zh', width: 1440, script: true }

export type Hired = { number: string; secret: string }

/** The one request that waits for this person is approved, by keyboard. */
export async function sign(page: Page): Promise<void> {
  const { approved, returned } = await clearInbox(page, async () => {}, desktop)
  expect([approved.length, returned]).toEqual([1, []])
}

/** As in the first day; besides, no sentence is missing. */
export async function seen(page: Page): Promise<void> {
  expect.soft((await told(page)).match(/\b[a-z]+[A-Za-z]*:[a-z]+\.[\w.]+/g), page.url()).toBeNull()
  await look(page, desktop)
}

/** With the issued password, changed at once. */
export async function signIn(context: BrowserContext, account: string, secret: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/sign-in')
  await send(page, '', { account, password: secret })
  const own = ownPassword(account)
  await send(page, '', { currentPassword: secret, newPassword: own, repeatPassword: own })
  expect(page.url()).not.toContain('/password')
  return page
}

const ownPassword = (account: string) => `十只白鹭 ten herons ${account.slice(-1)}x`

/** The next morning: whose session has ended signs in anew. */
export async function comeBack(page: Page, { number }: Hired): Promise<void> {
  await page.goto('/sign-in')
  await send(page, '', { account: number, password: ownPassword(number) })
  expect(page.url()).not.toContain('/sign-in')
}

export async function hire(page: Page, person: string, role: string): Promise<Hired> {
  await page.goto('/staff/new')
  await send(page, '', { name: person })
  const secret = await page.locator('#secret').innerText()
  const number = /C\d{5}/.exec(page.url())![0]
  await page.goto(`/staff/${number}/roles`)
  await send(page, '', { role, scope: 'company' })
  return { number, secret }
}
