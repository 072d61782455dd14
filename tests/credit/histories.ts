import { numberOf, textOf } from '../../src/calendar/week.ts'

/**
 * G-19: random histories of customers, written into the ledger by plain inserts, and an oracle that reckons their figure by
 * plain loops. It shares nothing with src/credit: money in fen, days as numbers since 1970.
 */
export type Random = () => number

/** mulberry32: the same histories from the same seed. */
export function randomOf(seed: number): Random {
  let at = seed >>> 0
  return () => {
    at = (at + 0x6d2b79f5) >>> 0
    let t = Math.imul(at ^ (at >>> 15), at | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Goods = { day: number; amount: number; term: number | null; countered: { amount: number } | null }
type Money = { day: number; amount: number; countered: boolean; release: number | null; byHand: boolean }
type Asked = { amount: number; state: 'held' | 'released' | 'shipped' | 'cancelled' }
type Contract = { from: number; until: number; ended: number | null }
type Terms = {
  method: 'rolling_30' | 'fixed' | 'cash_only'
  amount: number | null
  from: number
  until: number | null
  approved: boolean
}
export type History = {
  confirmed: boolean
  identity: boolean
  lost: boolean
  contracts: Contract[]
  terms: Terms[]
  goods: Goods[]
  money: Money[]
  releases: Asked[]
  /** The day it is looked at. */
  today: number
}

const whole = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from + 1))
const one = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)]!
const many = <T>(random: Random, most: number, make: () => T): T[] =>
  Array.from({ length: whole(random, 0, most) }, make)

/** Amounts from a fen to a million, often equal, so that sums meet. */
const amountOf = (random: Random) => one(random, [1, 33, 100, 1_000_00, 9_999_99, whole(random, 1, 100_000_000)])

export function historyOf(random: Random, today: number): History {
  const near = () => today - one(random, [0, 1, 2, 29, 30, 31, 32, 59, 60, whole(random, 0, 500)])
  const releases = many(random, 3, () => ({
    amount: amountOf(random),
    state: one(random, ['held', 'released', 'released', 'shipped', 'cancelled'] as const),
  }))
  return {
    confirmed: random() < 0.9,
    identity: random() < 0.9,
    lost: random() < 0.03,
    contracts: many(random, 2, () => {
      const from = today - whole(random, -2, 400)
      const until = from + whole(random, 0, 500)
      return { from, until, ended: random() < 0.1 ? whole(random, from, until) : null }
    }),
    terms: many(random, 2, () => {
      const from = today - whole(random, -2, 90)
      const method = one(random, ['fixed', 'rolling_30', 'cash_only'] as const)
      return {
        method,
        amount: method === 'fixed' ? amountOf(random) : null,
        from,
        until: random() < 0.5 ? null : from + whole(random, 0, 90),
        approved: random() < 0.8,
      }
    }),
    goods: many(random, 6, () => {
      const amount = amountOf(random)
      return {
        day: near(),
        amount,
        term: one(random, [null, 0, 7, 30, 45]),
        countered: random() < 0.2 ? { amount: one(random, [amount, whole(random, 1, amount)]) } : null,
      }
    }),
    money: many(random, 5, () => ({
      day: near(),
      amount: amountOf(random),
      countered: random() < 0.1,
      release: releases.length > 0 && random() < 0.3 ? whole(random, 0, releases.length - 1) : null,
      byHand: random() < 0.1,
    })),
    releases,
    today,
  }
}

export type Expected = {
  eligible: boolean
  method: string
  limit: number
  owed: number
  released: number
  unallocated: number
  reserved: number
  exposure: number
  available: number
  overdue: number
  overdueDays: number
  lastYear: number
}

export type Allocated = { money: number; goods: number; amount: number }

/** CRD-16: the oldest money pays the oldest goods; money for a release under way, and by hand, stays. */
export function paidBy({ goods, money, releases }: History): Allocated[] {
  const owed = goods.map(({ amount, countered }) => amount - (countered?.amount ?? 0))
  const left = money.map(({ amount, countered, release, byHand }) => {
    const state = release === null ? null : releases[release]!.state
    return countered || byHand || state === 'held' || state === 'released' ? 0 : amount
  })
  const inOrder = <T extends { day: number }>(of: T[]) =>
    of.map((_, at) => at).toSorted((a, b) => of[a]!.day - of[b]!.day || a - b)
  const found: Allocated[] = []
  for (const m of inOrder(money))
    for (const g of inOrder(goods)) {
      const amount = Math.min(left[m]!, owed[g]!)
      if (amount <= 0) continue
      left[m]! -= amount
      owed[g]! -= amount
      found.push({ money: m, goods: g, amount })
    }
  return found
}

/** What the regulation says of it, loop by loop. */
export function expectedOf(history: History, { window = 30, most = 30 } = {}): Expected {
  const { goods, money, releases, contracts, terms, today } = history
  const allocated = paidBy(history)
  const owedOf = goods.map(({ amount, countered }, at) => {
    let owed = amount - (countered?.amount ?? 0)
    for (const line of allocated) if (line.goods === at) owed -= line.amount
    return owed
  })
  let [owed, overdue, overdueDays, lastYear, shipped] = [0, 0, 0, 0, 0]
  const yearStart = numberOf(`${textOf(today).slice(0, 4)}-01-01`)
  goods.forEach(({ day, amount, countered, term }, at) => {
    const open = owedOf[at]!
    owed += open
    if (day < yearStart) lastYear += open
    if (open > 0 && today > day + Math.min(term ?? most, most)) {
      overdue += open
      overdueDays = Math.max(overdueDays, today - day)
    }
    for (let back = 1; back <= window; back++) if (today - back === day) shipped += amount - (countered?.amount ?? 0)
  })
  let [unallocated, reserved, released] = [0, 0, 0]
  money.forEach(({ amount, countered, release }, at) => {
    let open = countered ? 0 : amount
    for (const line of allocated) if (line.money === at) open -= line.amount
    if (release !== null && releases[release]!.state === 'held') reserved += open
    else unallocated += open
  })
  for (const { amount, state } of releases) if (state === 'released') released += amount
  const contract = contracts.some(
    ({ from, until, ended }) => from <= today && today <= until && (ended === null || today < ended),
  )
  const eligible = !history.lost && history.confirmed && history.identity && contract && lastYear === 0
  let term: Terms | null = null
  for (const next of terms) {
    const inForce = next.approved && next.from <= today && (next.until === null || today <= next.until)
    if (inForce && (term === null || next.from >= term.from)) term = next
  }
  const method = term?.method ?? 'rolling_30'
  const limit = !eligible || method === 'cash_only' ? 0 : method === 'fixed' ? term!.amount! : shipped
  const exposure = owed + released - unallocated
  return {
    eligible,
    method,
    limit,
    owed,
    released,
    unallocated,
    reserved,
    exposure,
    available: limit - exposure,
    overdue,
    overdueDays,
    lastYear,
  }
}
