import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { told } from './archive.ts'
import {
  approve,
  ask,
  assign,
  callBack,
  close,
  department,
  investigate,
  judge,
  propose,
  rate,
  takeByKeyboard,
} from './complaint.ts'
import { chromiumPath, firstPassword, openBrowser, openHouse, send } from './house.ts'
import { comeBack, desktop as window, hire, seen, signIn, type Hired } from './people.ts'

const customer = '九色鹿冷链物流有限公司'

// A Friday; the Saturday after it is worked (放假调休).
const friday = '2026-02-27T14:00'

describe.skipIf(!chromiumPath)('a complaint', () => {
  it('CMP-01, CMP-07, CMP-10, CMP-11, SAT-03: is taken by keyboard and travels over seven people to a rated, closed case', async () => {
    const address = await openHouse({ NODE_ENV: 'development' })
    const browser = await openBrowser(address, window)
    const admin = await signIn(await browser.context(), 'C00001', firstPassword)
    await admin.goto('/clock')
    await send(admin, '/clock/to', { moment: friday })
    await admin.goto('/organisation/company')
    await send(admin, '', { name: '桃源里机电', trade: 'general' })
    await department(admin, '售后维修部')
    const hired = {
      desk: await hire(admin, '何以宁', 'front_desk'),
      manager: await hire(admin, '林知夏', 'cs_manager'),
      head: await hire(admin, '沈既白', 'dept_head'),
      handler: await hire(admin, '许望舒', 'sales'),
      chief: await hire(admin, '陶然亭', 'general_manager'),
      caller: await hire(admin, '鹿闻笛', 'front_desk'),
    }
    await admin.goto('/')
    await send(admin, '/first-steps/finish', {})
    const enter = async ({ number, secret }: Hired) => signIn(await browser.context(), number, secret)
    const moveTo = async (moment: string) => {
      await admin.goto('/clock')
      await send(admin, '/clock/to', { moment })
    }

    const desk = await enter(hired.desk)
    await recordCustomer(desk)
    const { number, seconds } = await takeByKeyboard(desk, seen)
    expect(seconds).toBeLessThan(60)
    const home = `/complaints/${number}`
    const says = async (page: Page, ...words: string[]) => {
      await page.goto(home)
      for (const word of words) expect(await told(page)).toContain(word)
      await seen(page)
    }
    // CMP-12: three hours; CMP-13: two working days; CMP-14: three working days from the day after, the worked Saturday among them.
    await says(desk, '17:00', '03-02 17:30', '03-03 17:30')

    const manager = await enter(hired.manager)
    await judge(manager, home, seen)
    const head = await enter(hired.head)
    await assign(head, home, '许望舒', seen)
    // CMP-13: a remedy within one working day of being assigned: the Saturday.
    await says(head, '02-28 17:30')

    const handler = await enter(hired.handler)
    await ask(handler, home, { purpose: 'first', words: '已向客户致歉，约定今天到场' })
    await investigate(handler, home, seen)
    await propose(handler, home, seen)
    // CMP-06: above 5,000 yuan it is important, and has seven working days.
    await says(handler, '8,340.00', '重要', '03-09 17:30')
    await approve(manager)
    const chief = await enter(hired.chief)
    await approve(chief)

    await moveTo('2026-02-28T10:00')
    await comeBack(handler, hired.handler)
    await comeBack(manager, hired.manager)
    await ask(handler, home, { purpose: 'telling', reply: 'accepted', words: '告知赔偿与换装时间，客户同意' })
    const caller = await enter(hired.caller)
    await callBack(caller, home, seen)
    const link = await close(manager, home, seen)
    await says(manager, '已结案')

    const stranger = await (await browser.context()).newPage()
    await rate(stranger, link, number, seen)
    await says(manager, '封条换好了，谢谢')
    expect(browser.complaints).toEqual([])
  })
})

async function recordCustomer(page: Page): Promise<void> {
  await page.goto('/customers/new')
  await send(page, '', {
    name: customer,
    phone: '0571-55500123',
    address: '滨江区云外路 18 号',
    source: 'walk_in',
    purpose: 'business',
  })
  expect(page.url(), await told(page)).toMatch(/\/customers\/K\d{10}/)
}
