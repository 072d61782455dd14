import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { See } from './desk.ts'
import { send } from './house.ts'

// What the archive does with one item, from the empty room to the register.

/** ARC-19: the way into the archive leads over the three prohibitions, and on from there. */
export async function acknowledge(page: Page, see?: See): Promise<void> {
  await page.goto('/archive')
  expect(page.url()).toContain('/acknowledgement?next=')
  await see?.(page)
  for (const name of ['contacts', 'places', 'channels'])
    await page.locator(`main [name=${name}]`).check({ force: true })
  await send(page, '/acknowledgement', {})
  expect(new URL(page.url()).pathname).toBe('/archive')
}

/** PRV-14: recorded by who may, so that what is above internal opens at all. */
export async function agree(page: Page, staff: string): Promise<void> {
  await page.goto(`/agreements/new?party=staff&staff=${staff}`)
  await send(page, '', {
    scope: '客户档案',
    duties: '不外传、不私自复制',
    liability: '依法赔偿',
    signedOn: '2026-01-05',
    fromOn: '2026-01-05',
  })
  expect(page.url(), await told(page)).toMatch(/\/agreements\/XY\d{10}$/)
}

/** ARC-02: a room of its own for what is confidential, and its places in one go. */
export async function makeRoom(page: Page, keeper: string, see: See): Promise<string> {
  await page.goto('/archive/rooms/new')
  await page.locator('main [name=separate]').check({ force: true })
  await send(page, '', { name: '机要档案室', keeper })
  expect(page.url(), await told(page)).toMatch(/\/archive\/rooms\/\d+$/)
  const room = new URL(page.url()).pathname
  await page.goto(`${room}/places`)
  await send(page, '', { cabinetFrom: '1', cabinetTo: '1', shelves: '3', positions: '6' })
  await page.goto(`${room}?cabinet=1`)
  await see(page)
  return room.split('/').at(-1)!
}

export async function openFile(page: Page, customer: string, keeper: string): Promise<string> {
  await page.goto(`/customers/${customer}/archive/opening`)
  await send(page, '', { keeper, retention: 'permanent' })
  const href = await page.locator('main a[href^="/archive/files/DA"]').first().getAttribute('href')
  const file = /\/archive\/files\/DA\d{10}/.exec(href!)![0]
  return file
}

/** A paper at level secret on its place, and its scan. */
export async function takeIn(page: Page, file: string, room: string): Promise<string> {
  await page.goto(`${file}/items/new`)
  await send(page, '', {
    title: '桂子制冷供货合同',
    type: 'contract',
    pages: '2',
    secrecy: 'secret',
    room,
    cabinet: '1',
    shelf: '2',
    position: '3',
  })
  expect(page.url(), await told(page)).toMatch(/\/archive\/items\/DA\d{10}-01$/)
  const item = page.url().split('/').at(-1)!
  await page.goto(`/archive/items/${item}/contents/new`)
  await send(page, '', {}, await scanned())
  await page.locator('main .leaf .sr').first().waitFor({ state: 'attached' })
  return item
}

async function scanned(): Promise<string> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const text of ['Supply of refrigerators', 'Signed and sealed'])
    pdf.addPage([595, 842]).drawText(text, { x: 72, y: 720, size: 18, font })
  const file = join(mkdtempSync(join(tmpdir(), 'kehu-journey-')), '合同.pdf')
  writeFileSync(file, await pdf.save())
  return file
}

/** ARC-07: refused first, which is registered; then asked for. */
export async function askToView(page: Page, item: string, see: See): Promise<void> {
  await page.goto(`/archive/items/${item}`)
  expect(await page.locator('main .refusal').count()).toBe(1)
  await see(page)
  await page.locator(`main a[href="/viewings/new?item=${item}"]`).first().click()
  await page.waitForURL(/\/viewings\/new/)
  await see(page)
  await send(page, '', {
    day: '2026-11-24',
    span: 'd1',
    purpose: 'contract',
    reason: '核对交货期与合同约定的违约责任条款',
  })
  expect(page.url(), await told(page)).toMatch(/\/viewings\/Y\d{10}$/)
}

export async function askToBorrow(page: Page, item: string, see: See): Promise<void> {
  await page.goto(`/loans/new?item=${item}`)
  await see(page)
  await send(page, '', { days: '1', purpose: 'contract', reason: '带到城东与客户当面核对交货条款' })
  expect(page.url(), await told(page)).toMatch(/\/loans\/applications\/JS\d{10}$/)
}

/** ARC-10: the scanner types the number of the label and Enter, wherever the page has its cursor. */
export async function lend(page: Page, item: string, see: See): Promise<void> {
  await scan(page, '/loans/desk', item)
  await see(page)
  await send(page, `/loans/desk?item=${item}`, { pages: '2' })
  expect(await page.locator('main .errors').count(), await told(page)).toBe(0)
}

export async function confirm(page: Page, see: See): Promise<string> {
  await page.goto('/')
  const href = await page.locator('main a[href$="/confirmation"]').first().getAttribute('href')
  await page.goto(href!)
  await see(page)
  await page.locator('main form.prose button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.endsWith('/confirmation'))
  return /JY\d{10}/.exec(href!)![0]
}

export async function takeBack(page: Page, item: string, bringer: string, see: See): Promise<void> {
  await scan(page, '/loans/desk/return', item)
  await see(page)
  await send(page, `/loans/desk/return?item=${item}`, { bringer })
  expect(await page.locator('main .errors').count(), await told(page)).toBe(0)
}

async function scan(page: Page, desk: string, item: string): Promise<void> {
  await page.goto(desk)
  await page.locator('main form[data-scan] [name=item]:focus').waitFor()
  await page.keyboard.type(item)
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`item=${item}`))
  await page.waitForLoadState('networkidle')
}

export const told = (page: Page) => page.locator('main').innerText()
