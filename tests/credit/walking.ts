import fc from 'fast-check'
import { expect } from 'vitest'
import { change, type Audit } from '../../src/audit/change.ts'
import { counterReceipt, counterShipment } from '../../src/credit/counter-entries.ts'
import { releaseWhatPasses } from '../../src/credit/paying.ts'
import { lockAccount } from '../../src/credit/queries.ts'
import { checkAgain, giveUpRelease, payPart } from '../../src/credit/releases/commands.ts'
import { db, pool, type Tx } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { yuanText } from '../../src/lib/money.ts'
import { aCreditCustomer, daysAgo, figureOf, releaseOf, shipped } from '../support/credit.ts'
import { ask, sign } from '../support/overrides.ts'
import {
  openDoors,
  pay as payBy,
  request as requestBy,
  ship as shipBy,
  unlessRefused,
  ways,
  type Doors,
} from './doors.ts'
import { anOrder, Plain } from './plain.ts'

const cents = fc.integer({ min: 1, max: 120_000 })
const nth = fc.nat({ max: 7 })
const share = fc.constantFrom(1, 2, 3)
const way = fc.constantFrom(...ways)

/** Whatever may happen to a customer, in any order. */
export const event = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('request' as const), amount: cents, way }) },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('pay' as const),
      amount: cents,
      n: nth,
      kept: fc.boolean(),
      back: fc.nat(5),
      way,
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('ship' as const), n: nth, share, way }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('days' as const), n: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('first' as const, 'final' as const), n: nth }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constantFrom('goodsBack' as const, 'moneyBack' as const), n: nth, share }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constantFrom('overdue' as const, 'cancel' as const, 'check' as const, 'part' as const),
      n: nth,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('guarantee' as const), amount: cents, n: fc.nat(40) }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('plan' as const), n: nth, days: fc.nat(30), alone: fc.boolean() }),
  },
)
export type Event = typeof event extends fc.Arbitrary<infer E> ? E : never

export const start = fc.record({
  hasContract: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  term: fc.constantFrom(10, 30, 60),
  day: fc.nat(40),
  past: fc.array(fc.record({ amount: cents, days: fc.nat(40) }), { maxLength: 5 }),
})
export type Start = typeof start extends fc.Arbitrary<infer S> ? S : never

const dayMs = 86_400_000
/** Ten in the morning by the company's clock, from a November on, so that months and a year end on the way. */
const first = Date.UTC(2028, 10, 10, 2)
const newYearOf = (day: number) => Math.floor(Date.UTC(new Date(day * dayMs).getUTCFullYear(), 0, 1) / dayMs)
const monthOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 7)

type World = {
  plain: Plain
  day: number
  customer: { id: bigint; number: string }
  orders: { id: bigint; number: string }[]
  goods: bigint[]
  money: bigint[]
  doors: Doors
}

/** Runs a history through the product and on paper, and compares after every step. */
export async function walk({ past, day, ...about }: Start, events: readonly Event[]): Promise<void> {
  moveClock(() => new Date(first + day * dayMs))
  const without = about.hasContract ? {} : { without: 'contract' as const }
  const customer = await aCreditCustomer({ region: '东区', department: '城东营业部' }, without)
  await pool.query(`update contract set term_days = $2 where customer_id = $1`, [customer.id, about.term])
  const world: World = {
    plain: new Plain(about),
    day: Math.floor((first + day * dayMs) / dayMs),
    customer,
    orders: [],
    goods: [],
    money: [],
    doors: await openDoors(),
  }
  for (const { amount, days } of past) await sentBefore(world, amount, days)
  await same(world, 'start')
  for (const [at, one] of events.entries()) {
    await happen(world, one)
    await same(world, `${at} ${JSON.stringify(one)}`)
  }
}

async function sentBefore({ plain, customer, day, goods }: World, amount: number, days: number) {
  const { id } = await shipped(customer, { amount: yuanText(amount), on: daysAgo(days) })
  goods.push(id)
  plain.sent.push({ net: amount, day: day - days, term: null })
}

async function same({ plain, day, customer, orders }: World, when: string): Promise<void> {
  const rows = await db.release.findMany({ where: { customerId: customer.id }, orderBy: { id: 'asc' } })
  const theirs = rows.map(({ state, amount }) => [state, amount.toFixed(2)])
  expect(theirs, when).toEqual(plain.orders.map(({ state, amount }) => [state, yuanText(amount)]))
  expect(orders).toHaveLength(rows.length)
  const { limit, exposure, available, overdue } = await figureOf(customer)
  const { eligible: _eligible, ...ours } = plain.figure(day, newYearOf(day), null)
  expect({ limit, exposure, available, overdue }, when).toEqual(ours)
}

/** What the product answers: done, or refused by a rule. */
const refused = async (work: Promise<unknown>): Promise<boolean> => !(await unlessRefused(work))

async function happen(world: World, one: Event): Promise<void> {
  if (one.act === 'days') return pass(world, one.n)
  if (one.act === 'request') return request(world, one)
  if (one.act === 'pay') return pay(world, one)
  if (one.act === 'guarantee') return guarantee(world, one)
  if (one.act === 'plan') return plan(world, one)
  if (one.act === 'goodsBack' || one.act === 'moneyBack') return back(world, one)
  if (world.orders.length === 0) return
  const at = one.n % world.orders.length
  if (one.act === 'ship') return ship(world, at, one)
  if (one.act === 'first' || one.act === 'final') return override(world, at, one.act)
  if (one.act === 'overdue') return overdue(world, at)
  if (one.act === 'cancel') return cancel(world, at)
  return one.act === 'check' ? check(world, at) : part(world, at)
}

function pass(world: World, days: number): void {
  world.day += days
  const at = new Date(world.day * dayMs + 2 * 3_600_000)
  moveClock(() => at)
}

async function request(
  { plain, customer, orders, day, doors }: World,
  { amount, way: by }: Extract<Event, { act: 'request' }>,
) {
  orders.push(await requestBy(doors, by, customer, yuanText(amount)))
  plain.orders.push(anOrder(amount))
  plain.check(plain.orders.length - 1, day, newYearOf(day))
}

async function pay(world: World, { amount, n, kept, back, way: by }: Extract<Event, { act: 'pay' }>) {
  const { plain, customer, orders, money, doors, day } = world
  const at = kept && orders.length > 0 ? n % orders.length : null
  const release = at === null ? null : orders[at]!.number
  const allowed = at === null || plain.orders[at]!.state === 'held'
  const id = await payBy(doors, by, customer, { amount: yuanText(amount), receivedOn: daysAgo(back), release })
  expect(id !== null).toBe(allowed)
  if (id === null) return
  money.push(id)
  plain.money.push({ net: amount, day: day - back, release: at })
  plain.settle()
  plain.recheck(day, newYearOf(day))
}

async function ship(world: World, at: number, { share: parts, way: by }: Extract<Event, { act: 'ship' }>) {
  const { plain, orders, customer, doors, day, goods } = world
  const amount = Math.max(1, Math.floor(plain.orders[at]!.amount / parts))
  const goes = plain.orders[at]!.state === 'released' && plain.check(at, day, newYearOf(day), amount)
  const id = await shipBy(doors, by, customer, orders[at]!, yuanText(amount))
  expect(id !== null).toBe(goes)
  if (id === null) return
  goods.push(id)
  plain.sendOff(at, amount, day)
  plain.recheck(day, newYearOf(day))
}

async function override({ plain, orders, day }: World, at: number, kind: 'first' | 'final') {
  const month = monthOf(day)
  const short = plain.mayOverride(at, kind, day, newYearOf(day), month)
  expect(await refused(ask(orders[at]!, kind))).toBe(short === null)
  if (short === null) return
  await sign(orders[at]!, kind)
  plain.used.set(month, (plain.used.get(month) ?? new Set()).add(kind))
  const order = plain.orders[at]!
  order.signed = Math.max(order.signed ?? 0, short)
  order.signedOn = day
  plain.check(at, day, newYearOf(day))
}

async function overdue({ plain, orders, day }: World, at: number) {
  const order = plain.orders[at]!
  const stopped = order.state === 'held' && plain.weigh(at, order.amount, day, newYearOf(day)).why.includes('overdue')
  expect(await refused(ask(orders[at]!, 'overdue', { on: daysAgo(0) }))).toBe(!stopped)
  if (!stopped) return
  await sign(orders[at]!, 'overdue')
  order.overdueOn.set(day, Math.max(order.overdueOn.get(day) ?? 0, order.amount))
  plain.check(at, day, newYearOf(day))
}

async function cancel({ plain, orders, doors, day }: World, at: number) {
  const order = plain.orders[at]!
  const open = order.state === 'held' || order.state === 'released'
  const { version } = await releaseOf(orders[at]!)
  expect(await refused(giveUpRelease(doors.sales, orders[at]!.id, { version, reason: '客户改期' }, now()))).toBe(!open)
  if (!open) return
  order.state = 'cancelled'
  plain.settle()
  plain.recheck(day, newYearOf(day))
}

async function check({ plain, orders, doors, day }: World, at: number) {
  const { version } = await releaseOf(orders[at]!)
  const held = plain.orders[at]!.state === 'held'
  expect(await refused(checkAgain(doors.sales, orders[at]!.id, version, now()))).toBe(!held)
  if (held) plain.check(at, day, newYearOf(day))
}

async function part({ plain, orders, doors, day }: World, at: number) {
  const order = plain.orders[at]!
  const { most } = plain.weigh(at, order.amount, day, newYearOf(day))
  const goes =
    order.state === 'held' &&
    most > 0 &&
    most < order.amount &&
    plain.weigh(at, most, day, newYearOf(day)).why.length === 0
  const { version } = await releaseOf(orders[at]!)
  const given = { version, amount: yuanText(Math.max(1, most)) }
  expect(await refused(payPart(doors.sales, orders[at]!.id, given, now()))).toBe(!goes)
  if (!goes) return
  order.amount = most
  plain.check(at, day, newYearOf(day))
}

async function back(world: World, { act, n, share: parts }: Extract<Event, { act: 'goodsBack' | 'moneyBack' }>) {
  const { plain, customer, doors, day } = world
  const { finance } = doors
  const ids = act === 'goodsBack' ? world.goods : world.money
  if (ids.length === 0) return
  const at = n % ids.length
  const { net } = (act === 'goodsBack' ? plain.sent : plain.money)[at]!
  if (net === 0) return
  const amount = Math.max(1, Math.floor(net / parts))
  const counter = { amount: yuanText(amount), on: daysAgo(0), reason: '退回', document: null, source: 'form' as const }
  await change(finance, async (tx, audit) => {
    await lockAccount(tx, customer.id)
    if (act === 'goodsBack') {
      const of = await tx.shipment.findUniqueOrThrow({ where: { id: ids[at]! } })
      await counterShipment(tx, audit, finance, of, counter, now())
    } else {
      const of = await tx.receipt.findUniqueOrThrow({ where: { id: ids[at]! } })
      await counterReceipt(tx, audit, finance, of, counter, now())
    }
    await releaseWhatPasses(tx, audit, finance, customer.id, now(), 'recheck')
  })
  if (act === 'goodsBack') plain.takeBackGoods(at, amount)
  else plain.takeBackMoney(at, amount)
  plain.recheck(day, newYearOf(day))
}

/** As signing one, and filing one, lets out what waits. */
async function anew({ customer, doors: { finance }, plain, day }: World) {
  await change(finance, async (tx: Tx, audit: Audit) => {
    await lockAccount(tx, customer.id)
    await releaseWhatPasses(tx, audit, finance, customer.id, now(), 'approval')
    await audit('release.rechecked', `customer:${customer.id}`)
  })
  plain.recheck(day, newYearOf(day))
}

let serial = 0
const number = (prefix: string) => `${prefix}-${process.pid}-${Date.now().toString(36)}-${serial++}`

async function guarantee(world: World, { amount, n }: Extract<Event, { act: 'guarantee' }>) {
  const { customer, doors, plain, day } = world
  await pool.query(
    `insert into guarantee (number, customer_id, guarantor_id, amount, average_then, until, reason, state, asked_at)
     values ($1, $2, $3, $4, $4, $5, '担保', 'approved', $6)`,
    [number('DB'), customer.id, doors.sales.id, yuanText(amount), daysAgo(-n), now()],
  )
  plain.guarantees.push({ amount, until: day + n })
  await anew(world)
}

async function plan(world: World, { n, days, alone }: Extract<Event, { act: 'plan' }>) {
  const { customer, orders, plain, day } = world
  const at = alone || orders.length === 0 ? null : n % orders.length
  await pool.query(
    `with made as (insert into repayment_plan (number, customer_id, release_id, filed_at, filed_by_id)
       values ($1, $2, $3, $4, (select min(id) from staff)) returning id)
     insert into repayment_line (plan_id, n, due_on, amount) select id, 1, $5, 300 from made`,
    [number('HL'), customer.id, at === null ? null : orders[at]!.id, now(), daysAgo(-days)],
  )
  plain.plans.push({ order: at, last: day + days })
  await anew(world)
}
