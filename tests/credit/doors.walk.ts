import { expect, it } from 'vitest'
import { db } from '../../src/db.ts'
import { fenOf } from '../../src/lib/money.ts'
import { aCreditCustomer, checksOf, daysAgo, figureOf, releaseOf, shipped } from '../support/credit.ts'
import { openDoors, pay, request, ship, ways } from './doors.ts'

const together = { timeout: 120_000 }
const nth = (n: number) => ways[n % ways.length]!

it(
  'CRD-13: of fifteen at once, by form, spreadsheet and API, one sends the goods of a release off',
  together,
  async () => {
    const doors = await openDoors()
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const order = await request(doors, 'form', customer, '400.00')
    const sent = await Promise.all(Array.from({ length: 15 }, (_, n) => ship(doors, nth(n), customer, order, '400.00')))
    expect(sent.filter((id) => id !== null)).toHaveLength(1)
    expect(await db.shipment.count({ where: { releaseId: order.id } })).toBe(1)
    expect((await figureOf(customer)).available).toBe(60_000)
  },
)

it(
  'CRD-06, CRD-09, CRD-13: requests, money and goods at once on every way never pass the limit',
  together,
  async () => {
    const doors = await openDoors()
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const first = await Promise.all([0, 1, 2].map((n) => request(doors, nth(n), customer, '300.00')))
    await Promise.all([
      ...Array.from({ length: 20 }, (_, n) => request(doors, n % 2 ? 'form' : 'api', customer, '70.00')),
      ...Array.from({ length: 12 }, (_, n) => ship(doors, nth(n), customer, first[n % 3]!, '300.00')),
      ...Array.from({ length: 6 }, (_, n) =>
        pay(doors, nth(n), customer, { amount: '35.00', receivedOn: daysAgo(0), release: null }),
      ),
    ])
    const { limit, exposure, available } = await figureOf(customer)
    expect(exposure).toBeLessThanOrEqual(limit)
    expect(await Promise.all(first.map(async (one) => (await releaseOf(one)).state))).toEqual(Array(3).fill('shipped'))
    // 1,000.00 of limit and 210.00 paid carry the 900.00 and four more of 70.00; a fifth has nothing left.
    const out = await db.release.findMany({
      where: { customerId: customer.id, state: { in: ['released', 'shipped'] } },
    })
    expect(out.map(({ amount }) => fenOf(amount.toFixed(2))).reduce((sum, one) => sum + one, 0)).toBe(118_000)
    expect(available).toBe(3_000)
    for (const { id } of out)
      for (const check of (await checksOf({ id })).filter(({ passed }) => passed))
        expect(fenOf(check.amount.toFixed(2))).toBeLessThanOrEqual(fenOf(check.available.toFixed(2)))
  },
)
