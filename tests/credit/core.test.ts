import { describe, expect, it } from 'vitest'
import { change } from '../../src/audit/change.ts'
import { lockRelease } from '../../src/credit/queries.ts'
import { recheckHeld } from '../../src/credit/paying.ts'
import { shipRelease } from '../../src/credit/releasing.ts'
import { now } from '../../src/lib/clock.ts'
import {
  aCreditCustomer,
  aRelease,
  checksOf,
  countered,
  daysAgo,
  figureOf,
  paid,
  received,
  releaseOf,
  shipped,
} from '../support/credit.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'

const fen = (yuan: number) => yuan * 100

describe('the figure', () => {
  it('CRD-02, CAL-03, credit.window_days: the limit is what was shipped on the thirty days before, the day itself left out', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '100.00', on: daysAgo(31), unpaid: false })
    await shipped(customer, { amount: '42650.00', on: daysAgo(30) })
    await shipped(customer, { amount: '46800.00', on: daysAgo(1) })
    await shipped(customer, { amount: '7.00', on: daysAgo(0) })
    expect((await figureOf(customer)).limit).toBe(fen(89_450))
  })

  it('CRD-02, CRD-16: goods taken back leave the window they were shipped in', async () => {
    const customer = await aCreditCustomer()
    const goods = await shipped(customer, { amount: '5000.00', on: daysAgo(5) })
    await received(customer, { amount: '4000.00', on: daysAgo(2) })
    await countered(goods, { amount: '3000.00' })
    expect(await figureOf(customer)).toMatchObject({
      limit: fen(2000),
      owed: 0,
      unallocated: fen(2000),
      exposure: fen(-2000),
    })
  })

  it('CRD-03: exposure is shipped and released less received, the oldest paid first', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '286000.00', on: daysAgo(10) })
    await received(customer, { amount: '91000.00', on: daysAgo(3) })
    const release = await aRelease(customer, { amount: '38640.00' })
    expect(release.state).toBe('released')
    expect(await figureOf(customer)).toMatchObject({
      limit: fen(286_000),
      exposure: fen(233_640),
      available: fen(52_360),
    })
  })

  it.each(['contract', 'identity'] as const)('CRD-01: without %s there is no credit', async (without) => {
    const customer = await aCreditCustomer({}, { without })
    await shipped(customer, { amount: '5000.00', on: daysAgo(5), unpaid: false })
    expect(await figureOf(customer)).toMatchObject({ eligible: false, limit: 0 })
  })
})

describe('a release', () => {
  it('CRD-06: within the available credit goes out at once, a fen more is held', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const [one, two] = [await aRelease(customer, { amount: '600.00' }), await aRelease(customer, { amount: '400.01' })]
    expect([one.state, two.state, two.holds, two.short.toFixed(2)]).toEqual(['released', 'held', ['over'], '0.01'])
    expect((await aRelease(customer, { amount: '400.00' })).state).toBe('released')
  })

  it('CRD-06: of fifty at the last yuan together no more go out than it carries', { timeout: 60_000 }, async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const all = await Promise.all(Array.from({ length: 50 }, () => aRelease(customer, { amount: '300.00' })))
    expect(all.filter(({ state }) => state === 'released')).toHaveLength(3)
    expect((await figureOf(customer)).available).toBe(fen(100))
  })

  it('CRD-05, CAL-03, credit.overdue_days: thirty days owed are not too many, a day more holds it', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1.00', on: daysAgo(30) })
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: true })
    expect((await figureOf(customer)).overdue).toBe(0)
    const late = await aCreditCustomer()
    await shipped(late, { amount: '1.00', on: daysAgo(31) })
    await shipped(late, { amount: '1000.00', on: daysAgo(5) })
    expect((await aRelease(late, { amount: '0.01' })).holds).toContain('overdue')
  })

  it('CRD-05, CAL-03, credit.overdue_least: as much as that overdue does not stop it, a fen more does', async () => {
    const of = async (overdue: string) => {
      const customer = await aCreditCustomer()
      await shipped(customer, { amount: overdue, on: daysAgo(31) })
      await shipped(customer, { amount: '1000.00', on: daysAgo(5) })
      return (await aRelease(customer, { amount: '0.01' })).holds.includes('overdue')
    }
    expect(await under({ 'credit.overdue_least': 5 }, () => of('5.00'))).toBe(false)
    expect(await under({ 'credit.overdue_least': 5 }, () => of('5.01'))).toBe(true)
    expect(await of('0.01')).toBe(true)
  })

  it('CRD-09: money received for it lets it out, and lets nothing else out', async () => {
    const { finance } = await theCast()
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5) })
    const held = await aRelease(customer, { amount: '300.00' })
    expect(held.state).toBe('held')
    await paid(customer, { amount: '300.00', releaseId: held.id })
    expect((await aRelease(customer, { amount: '100.00' })).state).toBe('held')
    const actor = await actorOf(finance)
    const out = await change(actor, (tx, audit) =>
      recheckHeld(tx, audit, actor, customer.id, now()).then(async (all) => {
        await audit('receipt.entered', `customer:${customer.id}`)
        return all
      }),
    )
    expect(out.map(({ number }) => number)).toEqual([held.number])
    expect(await releaseOf(held)).toMatchObject({ state: 'released', ground: 'cash' })
  })

  it('CRD-13, CRD-20: ships once, for at most its amount, and is weighed again', async () => {
    const { logistics } = await theCast()
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '1000.00', on: daysAgo(5), unpaid: false })
    const release = await aRelease(customer, { amount: '300.00' })
    const actor = await actorOf(logistics)
    const ship = (amount: string) =>
      change(actor, async (tx, audit) => {
        const goods = { amount, shippedOn: daysAgo(0), document: null, invoice: null, source: 'release' as const }
        return shipRelease(tx, audit, actor, await lockRelease(tx, release.id), goods, now())
      })
    await expect(ship('300.01')).rejects.toThrow('CRD-13')
    expect((await ship('250.00')).release.state).toBe('shipped')
    await expect(ship('50.00')).rejects.toThrow('CRD-13')
    expect((await checksOf(release)).map(({ step }) => step)).toEqual(['request', 'shipping'])
    expect((await figureOf(customer)).exposure).toBe(fen(250))
  })
})

it('CRD-03: a customer without anything has nothing', async () => {
  expect(await figureOf(await make.customer())).toMatchObject({ limit: 0, exposure: 0, available: 0, eligible: false })
})
