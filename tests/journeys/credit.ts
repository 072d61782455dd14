import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { told } from './archive.ts'
import { send } from './house.ts'

// What people do with the credit of one customer, from the contract to the warehouse.

type See = (page: Page) => Promise<void>

/** With all that its confirmation asks. */
export async function recordWhole(page: Page, name: string): Promise<string> {
  await page.goto('/customers/new')
  const said = { creditNote: '月结 30 天', tradeNote: '做了三年', address: '滨江区云外路 9 号' }
  await send(page, '', { name, phone: '0571-55500199', source: 'walk_in', purpose: 'business', ...said })
  const number = /K\d{10}/.exec(page.url())![0]
  await page.goto(`/customers/${number}/contacts/new`)
  await send(page, '', { name: '白露', phones: '19900005678' })
  return number
}

/** CRD-01: the copy of the ID in the customer's file. */
export async function keepIdentity(page: Page, file: string): Promise<void> {
  await page.goto(`${file}/items/new`)
  await send(page, '', { title: '经办人身份证明', type: 'identity', pages: '1', secrecy: 'internal' })
  expect(page.url(), await told(page)).toMatch(/\/archive\/items\/DA\d{10}-01$/)
}

export async function signContract(page: Page, customer: string, see: See): Promise<void> {
  await page.goto(`/contracts/new?customer=${customer}`)
  await see(page)
  const dates = { signedOn: '2026-01-04', startsOn: '2026-01-05', endsOn: '2026-12-31' }
  await send(page, '', { kind: 'distribution', ...dates, termDays: '30', terms: '货到三十天内付清' })
  expect(page.url(), await told(page)).not.toContain('/new')
}

export async function enterGoods(page: Page, customer: string, amount: string, on: string): Promise<void> {
  await page.goto(`/shipments/new?customer=${customer}`)
  await send(page, '', { amount, shippedOn: on, goods: '冷库门 6 樘' })
  expect(page.url(), await told(page)).not.toContain('/new')
}

export async function enterMoney(page: Page, customer: string, amount: string, on: string): Promise<void> {
  await page.goto(`/receipts/new?customer=${customer}`)
  await send(page, '', { amount, receivedOn: on, way: 'transfer' })
  expect(page.url(), await told(page)).not.toContain('/new')
}

/** CRD-06: over what is available: held, and the page says by which rule. */
export async function askHeld(page: Page, customer: string, amount: string, see: See): Promise<string> {
  await page.goto(`/releases/new?customer=${customer}`)
  await see(page)
  await send(page, '/releases/new', { customer, amount, goods: '冷库门 4 樘' })
  expect(page.url(), await told(page)).toMatch(/\/releases\/FX\d{10}$/)
  for (const word of ['未放行', 'CRD-06']) expect(await told(page)).toContain(word)
  await see(page)
  return new URL(page.url()).pathname
}

export async function askOver(page: Page, release: string, kind: 'first' | 'final', see: See): Promise<void> {
  await page.goto(`${release}/${kind}-override`)
  await see(page)
  await send(page, '', { reason: '新库下周开业，答应本月付清' })
  await page.goto(release)
  expect(await told(page)).toContain('待审批')
}

/** CRD-13: by the release alone, once. */
export async function ship(page: Page, release: string, see: See): Promise<void> {
  await page.goto('/releases/shipping')
  await see(page)
  expect(await told(page)).toContain(release.split('/').at(-1))
  await page.goto(`${release}/shipping`)
  await see(page)
  await send(page, `${release}/shipping`, { document: `CK-${release.slice(-4)}` })
  await page.goto(release)
  expect(await told(page)).toContain('已发货')
}
