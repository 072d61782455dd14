import { beforeAll, describe, expect, it } from 'vitest'
import { folded, leavesOn, limitLines, type Line } from '../../src/credit/explaining/rules.ts'
import { atOf } from '../../src/credit/explaining/at.ts'
import { figureOn } from '../../src/credit/figure.ts'
import { overLimit } from '../../src/credit/overview/over.ts'
import { ageingQuery } from '../../src/credit/ageing/forms.ts'
import { ageingFor } from '../../src/credit/ageing/queries.ts'
import { creditAtHome } from '../../src/credit/around/home.ts'
import { pool, reads } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dayStart } from '../../src/lib/dates.ts'
import { signIn } from '../support/browser.ts'
import { aCreditCustomer, aRelease, daysAgo, figureOf, received, shipped } from '../support/credit.ts'
import { actorOf, make, theCast } from '../support/make.ts'

const line = (from: string, sum: number): Line => ({
  part: 'owed',
  from,
  until: from,
  n: 1,
  number: from,
  release: null,
  sum,
  whole: sum,
  overdueDays: 0,
})

describe('the lines', () => {
  it('CRD-17: too many days become months, and nothing of the sum is lost', () => {
    const days = Array.from({ length: 60 }, (_, n) =>
      line(`2026-0${9 - Math.floor(n / 30)}-${String(30 - (n % 30)).padStart(2, '0')}`, n),
    )
    const months = folded(days)
    expect(months.map(({ from, until, n }) => [from, until, n])).toEqual([
      ['2026-09-01', '2026-09-30', 30],
      ['2026-08-01', '2026-08-30', 30],
    ])
    expect(months.reduce((sum, { sum: one }) => sum + one, 0)).toBe((59 * 60) / 2)
    expect(folded(days.slice(0, 31))).toHaveLength(31)
  })

  it('CRD-02: goods of 10-28 leave a window of thirty days on 11-28', () => {
    expect(leavesOn('2026-10-28', 30)).toBe('2026-11-28')
  })

  it('CRD-01: without credit the limit is taken off again', async () => {
    const customer = await aCreditCustomer({}, { without: 'contract' })
    await shipped(customer, { amount: '5000.00', on: daysAgo(5) })
    expect(limitLines(await figureOf(customer))).toEqual([{ why: 'not_eligible', sum: -500_000 }])
  })
})

describe('another day', () => {
  it('CRD-17: is shown two years back and sixty days ahead, else today is, and why', () => {
    const at = dayStart('2026-11-23')
    expect(atOf('2026-11-20', at)).toMatchObject({
      at: { day: '2026-11-20', until: dayStart('2026-11-21') },
      problems: [],
    })
    expect(atOf('2027-01-22', at)).toMatchObject({ at: { day: '2027-01-22', until: null }, problems: [] })
    for (const on of ['2027-01-23', '2024-11-22', '2026-02-30', 'x'])
      expect(atOf(on, at)).toMatchObject({ at: { day: '2026-11-23' }, problems: [{ rule: 'CRD-17', field: 'on' }] })
  })

  it('CRD-20: knows what was recorded by then, and nothing of later', async () => {
    const customer = await aCreditCustomer()
    await shipped(customer, { amount: '800.00', on: daysAgo(9) })
    await received(customer, { amount: '300.00', on: daysAgo(4) })
    await aRelease(customer, { amount: '100.00' })
    const then = now()
    const before = await figureOf(customer)
    await shipped(customer, { amount: '50.00', on: daysAgo(8) })
    await received(customer, { amount: '500.00', on: daysAgo(3) })
    const until = new Date(then.getTime() + 1)
    expect(await figureOn(reads, customer.id, { day: daysAgo(0), until, now: then })).toEqual(before)
    const after = await figureOf(customer)
    expect([before.exposure, after.exposure]).toEqual([60_000, 15_000])
  })
})

describe('the page', () => {
  beforeAll(async () => {
    await theCast()
  })

  it('CRD-17, CRD-02, CRD-03, CRD-05: explains the figure line by line, with what is held and what is overdue', async () => {
    const { sales, finance } = await theCast()
    const customer = await aCreditCustomer({ department: '城东营业部' })
    const late = await shipped(customer, { amount: '1234.56', on: daysAgo(40) })
    await shipped(customer, { amount: '9000.00', on: daysAgo(30) })
    const held = await aRelease(customer, { amount: '20000.00' })
    const own = await signIn(sales)
    const page = (await own.visit(`/credit/customers/${customer.number}`)).response.text
    for (const said of [
      late.number,
      held.number,
      '1,234.56',
      '10,234.56',
      '已欠 40 天，超期',
      '起移出窗口',
      'CRD-02',
      'CRD-03',
    ])
      expect(page).toContain(said)
    expect(page).toContain('具备授信资格')
    const refused = (await own.visit(`/credit/customers/${customer.number}?on=2019-01-01`)).response.text
    expect(refused).toContain('没有换')
    const other = await make.customer({})
    expect((await own.visit(`/credit/customers/${other.number}`)).status).toBe(404)
    const around = (await own.visit(`/customers/${customer.number}`)).response.text
    expect(around).toContain(`/credit/customers/${customer.number}`)
    const overview = (await (await signIn(finance)).visit(`/credit?find=${customer.number}`)).response.text
    expect(overview).toContain(customer.name)
  })

  it('wish 59: who is over the limit stands with how much and for how long, by the same figure', async () => {
    const person = await make.staff([{ role: 'sales', department: '城东营业部' }])
    const actor = await actorOf(person)
    expect(await creditAtHome(actor, now())).toEqual({ over: null, held: null, long: null, ship: null })
    const customer = await aCreditCustomer({ ownerId: person.id })
    const without = await aCreditCustomer({ ownerId: person.id }, { without: 'identity' })
    await shipped(customer, { amount: '1000.00', on: daysAgo(33) })
    await shipped(customer, { amount: '10.00', on: daysAgo(2) })
    await shipped(without, { amount: '7.00', on: daysAgo(3) })
    const { rows, count, overdue } = await overLimit(actor, 10, now())
    const figures = await Promise.all([figureOf(customer), figureOf(without)])
    expect(rows.map(({ number, limit, exposure }) => [number, limit, exposure])).toEqual([
      [customer.number, figures[0]!.limit, figures[0]!.exposure],
      [without.number, figures[1]!.limit, figures[1]!.exposure],
    ])
    // Goods of 33 days ago left the window three days ago.
    expect([count, overdue, rows[0]!.days, rows[0]!.overdueDays]).toEqual([2, 100_000, 3, 33])
    const { over } = await creditAtHome(actor, now())
    expect(over).toMatchObject({ count: 2, first: { number: customer.number } })
    const { rows: aged } = await ageingFor(actor, ageingQuery.parse({ over: 'yes' }), now())
    expect(aged.find(({ id }) => id === customer.id)).toMatchObject({
      over: rows[0]!.exposure - rows[0]!.limit,
      overDays: 3,
    })
    await pool.query(`update customer set owner_id = null where id = $1`, [customer.id])
    expect((await overLimit(actor, 10, now())).count).toBe(1)
  })

  it('CRD-17: overview and ageing tell the same days, releases and what is long ago included', async () => {
    const person = await make.staff([{ role: 'sales' }])
    const actor = await actorOf(person)
    const long = await aCreditCustomer({ ownerId: person.id }, { without: 'contract' })
    const fresh = await aCreditCustomer({ ownerId: person.id })
    await shipped(long, { amount: '50.00', on: daysAgo(200) })
    await shipped(fresh, { amount: '80.00', on: daysAgo(30), unpaid: false })
    expect((await aRelease(fresh, { amount: '80.00' })).state).toBe('released')
    const tomorrow = new Date(now().getTime() + 86_400_000)
    const { rows } = await overLimit(actor, 10, tomorrow)
    const aged = await ageingFor(actor, ageingQuery.parse({ over: 'yes' }), tomorrow)
    expect(rows.map(({ number, days }) => [number, days])).toEqual([
      [fresh.number, 1],
      [long.number, 202],
    ])
    expect(aged.rows.map(({ number, overDays }) => [number, overDays])).toEqual([
      [long.number, 202],
      [fresh.number, 1],
    ])
  })
})
