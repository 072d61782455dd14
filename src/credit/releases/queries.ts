import type { CheckStep } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { ask, db, type Db, type Tx } from '../../db.ts'
import { fenOf } from '../../lib/money.ts'
import { NotFound } from '../../lib/refused.ts'
import { creditCustomer, type CreditCustomer, type Release } from '../queries.ts'
import { weigh, type Figure, type Request, type Weighed } from '../reckoning.ts'
import { scalesOf } from '../scales.ts'

/** The customer that goods are asked for; null where none is named yet. */
export async function customerToAsk(actor: Actor, number: string | undefined): Promise<CreditCustomer | null> {
  if (number === undefined || number.trim() === '') return null
  const customer = await creditCustomer(actor, number.trim())
  if (!may(actor, 'credit.request', customer)) throw new NotFound()
  return customer
}

/** The same while it is being typed: nothing is known of a number that means nobody. */
export const customerTyped = (actor: Actor, number: string | undefined): Promise<CreditCustomer | null> =>
  customerToAsk(actor, number).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })

export type Scale = { figure: Figure; request: Request; weighed: Weighed }

/** No release has this number: what would become of one that is asked for now. */
const none = 0n

export const weighedNew = (customerId: bigint, amount: number, now: Date): Promise<Scale> =>
  weighedAs(db, { id: none, customerId }, amount, now)

/** How a release stands this moment. */
export const weighedNow = (client: Tx | Db, release: Release, now: Date, amount = release.amount.toFixed(2)) =>
  weighedAs(client, release, fenOf(amount), now)

async function weighedAs(
  client: Tx | Db,
  release: { id: bigint; customerId: bigint },
  amount: number,
  now: Date,
): Promise<Scale> {
  const { figure, request, least } = await scalesOf(client as Tx, release, now, amount)
  return { figure, request, weighed: weigh(figure, request, least) }
}

/** CRD-20, wish 60: every check with the figure as it stood, the newest first. */
export const checksOf = ({ id }: Release) =>
  ask<CheckRow>`
    select c.step::text, c.at, s.name as by, c.limit::text, c.exposure::text, c.available::text, c.overdue::text,
      c.overdue_days as "overdueDays", c.amount::text, c.cash::text, c.short::text, c.passed, c.holds
    from release_check c join staff s on s.id = c.by_id where c.release_id = ${id} order by c.id desc`

type Sum = 'limit' | 'exposure' | 'available' | 'overdue' | 'amount' | 'cash' | 'short'
export type CheckRow = Record<Sum, string> & {
  step: CheckStep
  at: Date
  by: string
  overdueDays: number
  passed: boolean
  holds: string[]
}

/** CRD-09: the money received for it. */
export const moneyFor = ({ id }: Release) =>
  db.receipt.findMany({
    where: { releaseId: id },
    orderBy: { id: 'asc' },
    select: { number: true, amount: true, open: true, receivedOn: true, way: true, counterOfId: true },
  })

/** CRD-04, CRD-09: the repayment plans that stand for it. */
export const plansFor = ({ id }: Release) =>
  db.repaymentPlan.findMany({
    where: { releaseId: id, withdrawnAt: null },
    orderBy: { id: 'asc' },
    select: { number: true, lines: { orderBy: { n: 'asc' }, select: { dueOn: true, amount: true } } },
  })

export const shipmentOf = ({ id }: Release) =>
  db.shipment.findUnique({ where: { releaseId: id }, select: { number: true, amount: true, shippedOn: true } })

/** Others of the customer that wait: the same goods are not asked for twice unawares. */
export const waitingOf = (customerId: bigint) =>
  db.release.findMany({
    where: { customerId, state: { in: ['held', 'released'] } },
    orderBy: { id: 'desc' },
    take: 5,
    select: { number: true, amount: true, goods: true, state: true },
  })
