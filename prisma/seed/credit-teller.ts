import type { Actor } from '../../src/access/actor.ts'
import { decideRequest, type Verdict } from '../../src/approvals/deciding.ts'
import { recordContract } from '../../src/credit/contracts/commands.ts'
import { offerGuarantee } from '../../src/credit/guarantees/commands.ts'
import { recordShipment } from '../../src/credit/ledger/commands.ts'
import { settleMonth } from '../../src/credit/liabilities/jobs.ts'
import { askOverride } from '../../src/credit/overrides/commands.ts'
import { payIn } from '../../src/credit/paying.ts'
import { filePlan } from '../../src/credit/plans/commands.ts'
import { creditCustomer, type CreditCustomer, type Release } from '../../src/credit/queries.ts'
import { askRelease, giveUpRelease } from '../../src/credit/releases/commands.ts'
import { confirmShipping } from '../../src/credit/shipping/commands.ts'
import { askTerms } from '../../src/credit/terms/commands.ts'
import { change } from '../../src/audit/change.ts'
import { figureFor } from '../../src/credit/figure.ts'
import { db, reads } from '../../src/db.ts'
import { moveClock, now } from '../../src/lib/clock.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { yuanText } from '../../src/lib/money.ts'
import { cast } from '../../tests/support/cast.ts'
import { openedAgo } from './credit-history.ts'

export type Member = (typeof cast)[number]['role']
export type People = Record<Member, Actor>
/** Some days ago at that hour, by the company's clock. */
export type Back = { ago: number; hour?: number }
export type Teller = ReturnType<typeof tellerAt>

const monthly = 36_000

/** Day of last month's 24th, in days ago; within the days since the company's first release. */
export function lastMonth(moment: Date, day: number): number {
  const today = dateText(moment)
  const [year = 0, month = 0] = today.split('-').map(Number)
  const then = Date.UTC(month === 1 ? year - 1 : year, month === 1 ? 11 : month - 2, day)
  return Math.round((Date.parse(today) - then) / 86_400_000)
}

export function tellerAt(moment: Date, people: People) {
  const { sales, finance, logistics } = people
  const go = ({ ago, hour = 10 }: Back): Date => {
    const then = ago === 0 ? moment : new Date(dayStart(dateText(moment), -ago).getTime() + hour * 3_600_000)
    moveClock(() => then)
    return then
  }
  const day = (ago: number) => dateText(dayStart(dateText(moment), -ago))
  const of = (customer: string): Promise<CreditCustomer> => creditCustomer(sales, customer)
  const fresh = (release: Release) => db.release.findUniqueOrThrow({ where: { id: release.id } })

  /** Under contract but one, with goods of before the first release; two have something overdue since. */
  async function history(customer: string, at: number): Promise<void> {
    go({ ago: openedAgo + 1 })
    const dates = { signedOn: day(300), startsOn: day(295), endsOn: at === 6 ? day(20) : day(-300 + at * 17) }
    const contract = {
      customer,
      kind: 'distribution' as const,
      document: null,
      termDays: 30,
      terms: '货到三十天内电汇付清。',
    }
    await recordContract(finance, { ...contract, ...dates, note: null }, now())
    const goods = { customer, document: null, goods: '冷库门 3 樘', invoice: null }
    for (const ago of [86, 76, 66, 56, 47])
      await recordShipment(finance, { ...goods, amount: `${monthly}.00`, shippedOn: day(ago) }, now())
    const stopped = at === 4 || at === 5
    await pay(customer, `${monthly * (stopped ? 3 : 4)}.00`)
    if (at === 5) {
      await terms(customer, `${monthly * 5}.00`)
      await sign('sales_director', null, customer)
    }
    // What was shipped since keeps the window full, each against its own release.
    const until = [0, 0, 0, lastMonth(moment, 24) + 3, 0, 0, 25, 0][at]!
    for (const ago of (stopped ? [40, 28] : [40, 29, 18]).filter((one) => one > until)) {
      go({ ago })
      await traded(customer)
    }
  }

  async function traded(customer: string): Promise<void> {
    const release = await ask(customer, '30000.00', '保鲜柜 3 台')
    if (release.state !== 'released') return
    await ship(release)
    await pay(customer, '30000.00')
  }

  const ask = (customer: string, amount: string, goods: string) =>
    askRelease(sales, { customer, amount, goods, contract: null, note: null }, now())

  /** A quarter of the limit more than is available: what a first override may carry. */
  async function over(customer: string, goods: string): Promise<Release> {
    const { available, limit } = await figureFor(reads, (await of(customer)).id, now())
    const fen = Math.max(0, available) + Math.max(Math.floor(limit / 4 / 10_000), 1) * 10_000
    return ask(customer, yuanText(fen), goods)
  }

  async function ship(release: Release) {
    const { version } = await fresh(release)
    const amount = release.amount.toFixed(2)
    return confirmShipping(logistics, release.id, { version, amount, document: null, invoice: null }, now())
  }

  async function terms(customer: string, amount: string) {
    const span = { startsOn: dateText(now()), endsOn: day(-180) }
    const given = { method: 'fixed' as const, amount, ...span, reason: '用量稳定，按固定额管理' }
    return askTerms(sales, await of(customer), given, now())
  }

  async function override(release: Release, kind: 'first' | 'final' | 'overdue', reason: string) {
    const { version } = await fresh(release)
    const on = kind === 'overdue' ? { on: dateText(now()) } : {}
    return askOverride(sales, release.id, kind, { version, reason, ...on }, now())
  }

  async function sign(role: Member, release: Release | null, customer: string | null = null, against?: string) {
    const subject = release ? `release:${release.id}` : `customer:${(await of(customer!)).id}`
    const request = await db.approvalRequest.findFirstOrThrow({
      where: { subject, state: 'waiting' },
      orderBy: { id: 'desc' },
    })
    const verdict: Verdict = against ? 'refuse' : 'approve'
    return decideRequest(
      people[role],
      request.id,
      { verdict, reason: against ?? null, version: request.version },
      now(),
    )
  }

  async function pay(customer: string, amount: string, release?: Release) {
    const { id } = await of(customer)
    const money = {
      customerId: id,
      amount,
      receivedOn: dateText(now()),
      document: null,
      way: 'transfer' as const,
      payer: '财务部',
    }
    const given = { ...money, releaseId: release?.id ?? null, source: 'form' as const }
    return change(finance, (tx, audit) => payIn(tx, audit, finance, given, now()))
  }

  async function promise(customer: string, release: Release | null, lines: [number, string][]) {
    const about = { customer: await of(customer), release }
    const written = lines.map(([from, amount], n) => ({ n: n + 1, due: day(-from), amount }))
    return filePlan(sales, about, { lines: written, promisedBy: '财务 白露', note: '电话里答应的' }, now())
  }

  return {
    go,
    history,
    ask,
    ship,
    override,
    sign,
    pay,
    promise,
    settle: () => settleMonth(now()),
    guarantee: async (customer: string, amount: string, ago: number) =>
      offerGuarantee(
        sales,
        await of(customer),
        { amount, until: day(ago), reason: '老客户，库房改造耽误了付款，我担保' },
        now(),
      ),
    giveUp: async (release: Release, reason: string) =>
      giveUpRelease(sales, release.id, { version: (await fresh(release)).version, reason }, now()),
    terms,
    over,
  }
}
