import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketOf, daysOver, dueDays, type Event } from '../../src/credit/ageing/rules.ts'
import { ageingFor } from '../../src/credit/ageing/queries.ts'
import { ageingQuery } from '../../src/credit/ageing/forms.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { signIn } from '../support/browser.ts'
import { aCreditCustomer, aRelease, daysAgo, figureOf, shipped } from '../support/credit.ts'
import { actorOf, theCast } from '../support/make.ts'

const today = '2026-11-23'
const account = { eligible: true, method: 'rolling_30' as const, fixed: 0, limit: 0, exposure: 0 }

describe('how long something is due', () => {
  it.each([
    [-3, 'current'],
    [0, 'current'],
    [1, 'd30'],
    [30, 'd30'],
    [31, 'd60'],
    [60, 'd60'],
    [61, 'd90'],
    [90, 'd90'],
    [91, 'more'],
  ])('CRD-17: %i days past the day it was due is %s', (past, bucket) => {
    expect(bucketOf(past)).toBe(bucket)
  })

  it('CRD-17: every day a thing was due lies in the list of documents of its own bucket, and of no other', () => {
    const dayOf = (past: number) => new Date(Date.parse(today) - past * 86_400_000).toISOString().slice(0, 10)
    const holds = (bucket: ReturnType<typeof bucketOf>, day: string) => {
      const { dueFrom, dueTo } = dueDays(bucket, today)
      return (dueFrom === '' || day >= dueFrom) && (dueTo === '' || day <= dueTo)
    }
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 400 }), (past) => {
        const found = (['current', 'd30', 'd60', 'd90', 'more'] as const).filter((one) => holds(one, dayOf(past)))
        expect(found).toEqual([bucketOf(past)])
      }),
    )
  })
})

describe('how long an account is over its limit', () => {
  const grown = (day: string, by: number, shippedThen = 0): Event => ({ day, grown: by, shipped: shippedThen })

  it('CRD-17: not over is no day; of a fixed limit it counts from the day it was passed', () => {
    const fixed = { ...account, method: 'fixed' as const, fixed: 100, limit: 100 }
    expect(daysOver({ ...fixed, exposure: 100 }, [], today, 30)).toBe(0)
    expect(daysOver({ ...fixed, exposure: 101 }, [grown('2026-11-21', 2)], today, 30)).toBe(3)
    expect(daysOver({ ...fixed, exposure: 101 }, [grown('2026-11-23', 2)], today, 30)).toBe(1)
  })

  it('CRD-17: of a rolling limit it counts from the day the goods left the window', () => {
    const events = [grown('2026-10-20', 500, 500)]
    // In the window until 2026-11-19; from the 20th on nothing carries what is owed.
    expect(daysOver({ ...account, exposure: 500 }, events, today, 30)).toBe(4)
  })

  it('CRD-17: longer than a year is told as such', () => {
    expect(daysOver({ ...account, eligible: false, exposure: 1 }, [], today, 30)).toBe(366)
  })
})

describe('the ageing', () => {
  it('CRD-17: each customer’s ages by the term of its contract, with the figure, beside the sum of all', async () => {
    const { sales } = await theCast()
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '100.00', on: daysAgo(30), termDays: 30 })
    await shipped(customer, { amount: '20.00', on: daysAgo(30), termDays: 7 })
    await shipped(customer, { amount: '3.00', on: daysAgo(200), termDays: 90 })
    const actor = await actorOf(sales)
    const { name } = await db.customer.findUniqueOrThrow({ where: { id: customer.id } })
    const found = await ageingFor(actor, ageingQuery.parse({ q: name }), now())
    const figure = await figureOf(customer)
    expect(found.rows).toMatchObject([
      {
        current: 10_000n,
        d30: 2000n,
        d60: 0n,
        d90: 0n,
        more: 300n,
        overdue: 2300n,
        owed: 12_300n,
        limit: figure.limit,
      },
    ])
    expect(found.rows[0]!.exposure).toBe(figure.exposure)
    expect([found.count, found.totals.overdue]).toEqual([1, BigInt(figure.overdue)])
  })

  it('CRD-03, CRD-17: reckons of all at once what the figure reckons of one, releases and money for them included', async () => {
    const { sales } = await theCast()
    const [one, two] = [await aCreditCustomer(), await aCreditCustomer({}, { without: 'contract' })]
    for (const customer of [one, two]) await shipped(customer, { amount: '900.00', on: daysAgo(12) })
    await aRelease(one, { amount: '0.01' })
    const actor = await actorOf(sales)
    const over = await ageingFor(actor, ageingQuery.parse({ over: 'yes' }), now(), { take: 5000 })
    const all = await ageingFor(actor, ageingQuery.parse({}), now(), { take: 5000 })
    for (const customer of [one, two]) {
      const { limit, exposure } = await figureOf(customer)
      expect(all.rows.find(({ id }) => id === customer.id)).toMatchObject({ limit, exposure })
      expect(over.rows.some(({ id }) => id === customer.id)).toBe(exposure > limit)
    }
    expect(over.rows.find(({ id }) => id === two.id)).toMatchObject({ over: 90_000, overDays: 13 })
  })

  it('CRD-17, CUS-15: every figure opens its documents; it leaves as PDF and spreadsheet, which the trail tells', async () => {
    const { finance } = await theCast()
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '88.80', on: daysAgo(60), termDays: 30 })
    const { number } = await db.customer.findUniqueOrThrow({ where: { id: customer.id } })
    const desk = await signIn(finance)
    const page = await desk.visit(`/credit/ageing?q=${number}`)
    expect(page.status).toBe(200)
    const link = page.$('#list tbody a[href^="/shipments"]').first()
    expect(link.text()).toBe('88.80')
    expect(link.attr('href')).toBe(
      `/shipments?customer=${number}&mark=unpaid&dueFrom=${daysAgo(30)}&dueTo=${daysAgo(1)}`,
    )
    for (const file of ['pdf', 'xlsx'])
      expect((await desk.visit(`/credit/ageing.${file}?q=${number}`)).status).toBe(200)
    const told = await db.auditEntry.findMany({
      where: { actorId: finance.id, action: { startsWith: 'credit.ageing' } },
    })
    expect(told.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['credit.ageing_printed', 'credit.ageing_exported', 'credit.ageing_export_finished']),
    )
  })
})
