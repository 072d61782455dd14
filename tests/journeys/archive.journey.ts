import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  acknowledge,
  agree,
  askToBorrow,
  askToView,
  confirm,
  lend,
  makeRoom,
  openFile,
  takeBack,
  takeIn,
  told,
} from './archive.ts'
import { chromiumPath, firstPassword, openBrowser, openHouse, send } from './house.ts'
import { desktop as window, hire, seen, sign, signIn, type Hired } from './people.ts'

const name = '广寒桂子制冷设备有限公司'

describe.skipIf(!chromiumPath)('an item of the archive', () => {
  it('ARC-07, ARC-10, ARC-11: is taken in, read, lent and taken back, and the register knows it', async () => {
    const address = await openHouse({ NODE_ENV: 'development' })
    const browser = await openBrowser(address, window)
    const see = seen

    const admin = await signIn(await browser.context(), 'C00001', firstPassword)
    // A window opens in the office's hours, whenever this runs.
    await admin.goto('/clock')
    await send(admin, '', { moment: '2026-11-24T09:30' })
    await admin.goto('/organisation/company')
    await send(admin, '', { name: '云杉桥商贸', trade: 'general' })
    const hired = {
      keeper: await hire(admin, '温知非', 'archivist'),
      desk: await hire(admin, '何以宁', 'front_desk'),
      head: await hire(admin, '沈既白', 'dept_head'),
      manager: await hire(admin, '林知夏', 'cs_manager'),
    }
    await admin.goto('/')
    await send(admin, '/first-steps/finish', {})
    const enter = async ({ number, secret }: Hired) => signIn(await browser.context(), number, secret)

    const manager = await enter(hired.manager)
    for (const { number } of [hired.desk, hired.head, hired.keeper]) await agree(manager, number)
    const desk = await enter(hired.desk)
    const customer = await record(desk)
    await acknowledge(desk, see)

    const keeper = await enter(hired.keeper)
    await acknowledge(keeper)
    const room = await makeRoom(keeper, hired.keeper.number, see)
    const file = await openFile(keeper, customer, hired.keeper.number)
    const item = await takeIn(keeper, file, room)

    const head = await enter(hired.head)
    await acknowledge(head)
    await askToView(desk, item, see)
    await sign(head)
    await sign(keeper)
    await desk.goto(`/archive/items/${item}`)
    await desk.locator('main .leaf .sr').first().waitFor({ state: 'attached' })
    await see(desk)
    expect(await desk.locator('main .leaf .sr').first().textContent()).toContain(`何以宁 ${hired.desk.number}`)

    await askToBorrow(desk, item, see)
    await sign(head)
    await sign(keeper)
    await lend(keeper, item, see)
    const loan = await confirm(desk, see)
    await takeBack(keeper, item, hired.desk.number, see)

    await keeper.goto('/loans/register')
    for (const word of [loan, item, '何以宁']) expect(await told(keeper)).toContain(word)
    await see(keeper)
    await keeper.goto('/viewings/register')
    for (const word of [item, '何以宁']) expect(await told(keeper)).toContain(word)
    await see(keeper)
    expect(browser.complaints).toEqual([])
  })
})

async function record(page: Page): Promise<string> {
  await page.goto('/customers/new')
  await send(page, '', {
    name,
    phone: '19900001234',
    source: 'walk_in',
    purpose: 'business',
    address: '月宫路 9 号',
    creditNote: '月结 30 天',
    tradeNote: '尚无交易',
  })
  expect(page.url(), await told(page)).toMatch(/\/customers\/K\d{10}$/)
  return page.url().split('/').at(-1)!
}
