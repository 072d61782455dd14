/**
 * The regulation reckoned once more, by plain loops over what a person would write on paper; no line of it is shared with
 * the product. Money in fen, days as numbers.
 */
type Sent = { net: number; day: number; term: number | null }
type Money = { net: number; day: number; release: number | null }
export type State = 'held' | 'released' | 'shipped' | 'cancelled'
export type Order = {
  amount: number
  state: State
  /** What was signed for it, the larger of the two. */
  signed: number | null
  /** The days on which that was signed, and on which it went out last. */
  signedOn: number
  outOn: number
  /** What its override carried, as it was weighed last. */
  over: number
  /** Which goods it became. */
  sent: number | null
  overdueOn: Map<number, number>
  guarantee: number | null
  guaranteed: number
}
type Rules = { window: number; overdueDays: number; least: number; part: number }
const rules: Rules = { window: 30, overdueDays: 30, least: 0, part: 3 }

export type Customer = { hasContract: boolean; term: number }

export const anOrder = (amount: number): Order => ({
  amount,
  state: 'held',
  signed: null,
  signedOn: 0,
  outOn: 0,
  over: 0,
  sent: null,
  overdueOn: new Map(),
  guarantee: null,
  guaranteed: 0,
})

/** Everything known of one customer; `pays[m][s]`: what of receipt m pays shipment s. */
export class Plain {
  sent: Sent[] = []
  money: Money[] = []
  orders: Order[] = []
  guarantees: { amount: number; until: number }[] = []
  plans: { order: number | null; last: number }[] = []
  used = new Map<string, Set<'first' | 'final'>>()
  pays: number[][] = []
  readonly about: Customer

  constructor(about: Customer) {
    this.about = about
  }

  paidOf(s: number): number {
    return this.pays.reduce((sum, row) => sum + (row[s] ?? 0), 0)
  }
  openOf(s: number): number {
    return this.sent[s]!.net - this.paidOf(s)
  }
  leftOf(m: number): number {
    return this.money[m]!.net - (this.pays[m] ?? []).reduce((sum, part) => sum + (part ?? 0), 0)
  }

  private pay(m: number, s: number): void {
    const part = Math.min(this.leftOf(m), this.openOf(s))
    if (part <= 0) return
    this.pays[m] ??= []
    this.pays[m][s] = (this.pays[m][s] ?? 0) + part
  }

  /** The oldest money pays the oldest goods; what is kept for an order under way pays nothing else. */
  settle(): void {
    const byDay = <T extends { day: number }>(all: T[]) =>
      all.map((one, at) => ({ at, day: one.day })).sort((a, b) => a.day - b.day || a.at - b.at)
    for (const { at: s } of byDay(this.sent))
      for (const { at: m } of byDay(this.money)) {
        const order = this.money[m]!.release
        const kept = order !== null && ['held', 'released'].includes(this.orders[order]!.state)
        if (!kept) this.pay(m, s)
      }
  }

  eligible(newYear: number): boolean {
    return this.about.hasContract && this.sent.every(({ day }, s) => day >= newYear || this.openOf(s) <= 0)
  }

  /** Limit, exposure, available and what is overdue, without the order that is being weighed. */
  figure(today: number, newYear: number, without: number | null) {
    let limit = 0
    if (this.eligible(newYear))
      for (const { day, net } of this.sent) if (day >= today - rules.window && day < today) limit += net
    let exposure = 0
    let overdue = 0
    for (const [s, { day, term }] of this.sent.entries()) {
      exposure += this.openOf(s)
      if (day + Math.min(term ?? rules.overdueDays, rules.overdueDays) < today) overdue += this.openOf(s)
    }
    for (const [at, { state, amount }] of this.orders.entries())
      if (state === 'released' && at !== without) exposure += amount
    for (const [m, { release }] of this.money.entries()) {
      const reserved = release !== null && (release === without || this.orders[release]!.state === 'held')
      if (!reserved) exposure -= this.leftOf(m)
    }
    return { eligible: this.eligible(newYear), limit, exposure, available: limit - exposure, overdue }
  }

  /** Why goods for `amount` do not go out now: nothing, where they may. */
  weigh(at: number, amount: number, today: number, newYear: number) {
    const order = this.orders[at]!
    const whole = this.figure(today, newYear, at)
    const figure = { ...whole, available: whole.available + (whole.eligible ? this.carriedSince(at) : 0) }
    const paid = this.money.reduce((sum, { release }, m) => sum + (release === at ? this.leftOf(m) : 0), 0)
    const cash = Math.min(paid, amount)
    const free = figure.available > 0 ? figure.available : 0
    const short = amount - cash > free ? amount - cash - free : 0
    const plan = this.plans.some((one) => one.order === at || one.last >= today)
    // Who has no credit any more pays first, whatever was signed.
    const most = figure.eligible ? (order.signed ?? 0) : 0
    const signed = short > 0 && most >= short
    const why: string[] = []
    let guarantee: number | null = null
    if (figure.overdue > rules.least && (order.overdueOn.get(today) ?? 0) < amount) {
      guarantee = this.guaranteeFor(at, amount, today)
      if (guarantee === null) why.push('overdue')
    }
    if (!figure.eligible && !plan) why.push('no_plan')
    if (short > 0 && !signed) why.push(figure.eligible ? 'over' : 'unpaid')
    if (figure.eligible && cash > 0 && !plan && (amount - cash > free || figure.available < 0)) why.push('rest_plan')
    return { why, short, limit: figure.limit, guarantee, most: Math.min(amount, paid + free + most) }
  }

  /** What overrides signed since an order went out carry of others: they take no room from it. */
  private carriedSince(at: number): number {
    const { state, outOn } = this.orders[at]!
    if (state !== 'released') return 0
    let sum = 0
    for (const [n, other] of this.orders.entries()) {
      if (n === at || other.signed === null || other.signedOn < outOn) continue
      if (other.state === 'released') sum += other.over
      if (other.state === 'shipped') sum += Math.min(other.over, this.openOf(other.sent!))
    }
    return sum
  }

  private guaranteeFor(at: number, amount: number, today: number): number | null {
    const left = this.guarantees.map(({ amount: whole, until }, g) => {
      let used = 0
      for (const [n, order] of this.orders.entries())
        if (n !== at && order.guarantee === g && ['released', 'shipped'].includes(order.state)) used += order.guaranteed
      return { g, until, left: whole - used }
    })
    const carrying = left.filter((one) => one.until >= today && one.left >= amount)
    carrying.sort((a, b) => a.until - b.until || a.g - b.g)
    return carrying[0]?.g ?? null
  }

  /** Weighs an order and moves it. */
  check(at: number, today: number, newYear: number, amount = this.orders[at]!.amount): boolean {
    const order = this.orders[at]!
    const { why, short, guarantee } = this.weigh(at, amount, today, newYear)
    const passes = why.length === 0
    if (passes && order.state === 'held') order.outOn = today
    order.over = short
    order.state = passes ? 'released' : 'held'
    order.guarantee = passes ? guarantee : null
    order.guaranteed = passes && guarantee !== null ? amount : 0
    return passes
  }

  /** Every held order once more, the oldest first. */
  recheck(today: number, newYear: number): void {
    for (const at of this.orders.keys()) if (this.orders[at]!.state === 'held') this.check(at, today, newYear)
  }

  /** May this be asked and signed now, by the bounds of the regulation? */
  mayOverride(at: number, kind: 'first' | 'final', today: number, newYear: number, month: string): number | null {
    if (this.orders[at]!.state !== 'held') return null
    const { why, short, limit } = this.weigh(at, this.orders[at]!.amount, today, newYear)
    const used = this.used.get(month) ?? new Set()
    if (!why.includes('over') || used.has(kind) || (kind === 'final' && !used.has('first'))) return null
    return short * rules.part < limit ? short : null
  }

  sendOff(at: number, amount: number, today: number): void {
    const s = this.sent.push({ net: amount, day: today, term: this.about.hasContract ? this.about.term : null }) - 1
    this.orders[at]!.state = 'shipped'
    this.orders[at]!.sent = s
    const own = this.money.map((one, m) => ({ ...one, m })).filter(({ release }) => release === at)
    for (const { m } of own.sort((a, b) => a.day - b.day || a.m - b.m)) this.pay(m, s)
    this.settle()
  }

  takeBackGoods(s: number, amount: number): void {
    this.sent[s]!.net -= amount
    for (const row of this.pays) if (row) row[s] = 0
    this.settle()
  }

  takeBackMoney(m: number, amount: number): void {
    this.money[m]!.net -= amount
    this.pays[m] = []
    this.settle()
  }
}
