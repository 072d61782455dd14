import { describe, expect, it } from 'vitest'
import { told } from './archive.ts'
import { chromiumPath, firstPassword, openBrowser, openHouse, send } from './house.ts'
import { comeBack, desktop as window, hire, seen, signIn, type Hired } from './people.ts'
import {
  arrive,
  decideLines,
  goThere,
  gradeA,
  keepPromise,
  planMonth,
  record,
  repeat,
  report,
  review,
} from './visit.ts'

// A Thursday; the month's last working day is the worked Saturday after it.
const thursday = '2026-02-26T10:00'

describe.skipIf(!chromiumPath)('a month of visits', () => {
  it('VIS-01, VIS-03, VIS-06, VIS-07, VIS-09: is planned, approved line by line, made, reported from the phone, and assessed', async () => {
    const address = await openHouse({ NODE_ENV: 'development' })
    const browser = await openBrowser(address, window)
    const admin = await signIn(await browser.context(), 'C00001', firstPassword)
    const moveTo = async (moment: string) => {
      await admin.goto('/clock')
      await send(admin, '/clock/to', { moment })
    }
    await moveTo(thursday)
    await admin.goto('/organisation/company')
    await send(admin, '', { name: '桃源里机电', trade: 'general' })
    const hired = {
      seller: await hire(admin, '陆停云', 'sales'),
      head: await hire(admin, '沈既白', 'dept_head'),
      service: await hire(admin, '林知夏', 'cs_manager'),
    }
    await admin.goto('/')
    await send(admin, '/first-steps/finish', {})
    const enter = async ({ number, secret }: Hired) => signIn(await browser.context(), number, secret)

    const seller = await enter(hired.seller)
    const customer = await record(seller, '九色鹿冷链物流有限公司', 123)
    const others = ['蓬莱仙舟灯具有限公司', '桃源渡口果品有限公司', '广寒制冷设备有限公司']
    const graded = []
    for (const [n, name] of others.entries()) graded.push(await record(seller, name, 200 + n))
    await gradeA(await enter(hired.service), graded)
    await repeat(seller, customer, seen)
    const plan = await planMonth(seller, '2026-03', customer, seen)
    const head = await enter(hired.head)
    await decideLines(head, plan, seen)

    // The day before the first of them, on a telephone.
    await moveTo('2026-03-02T15:00')
    await comeBack(seller, hired.seller)
    await seller.setViewportSize({ width: 390, height: 844 })
    const visit = await goThere(seller, '2026-03-03', '2026-03-02T14:30', seen)
    await moveTo('2026-03-03T10:05')
    await comeBack(seller, hired.seller)
    await arrive(seller, visit)
    await moveTo('2026-03-03T10:30')
    await report(seller, visit, seen)

    await comeBack(head, hired.head)
    await review(head, visit, seen)
    await keepPromise(seller, seen)
    await head.goto(`/visits/assessment/${hired.seller.number}?month=2026-03`)
    expect(await told(head)).toContain('陆停云')
    await seen(head)
    await head.goto(`/customers/${customer}`)
    for (const word of ['已报告', '寄新目录']) expect(await told(head)).toContain(word)
    await seen(head)
    expect(browser.complaints).toEqual([])
  })
})
