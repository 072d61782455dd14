import type { OverrideKind } from '../../prisma/client/enums.ts'
import type { Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { fenOf } from '../lib/money.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { figureFor } from './figure.ts'
import type { Release } from './queries.ts'
import { hasCredit, type Figure, type Request } from './reckoning.ts'

type Asked = Pick<Release, 'id' | 'customerId'>

/**
 * What a release weighs and what against, as of now, for whoever wants to know before it is asked. The figure is without
 * the release itself, and of one that went out also without what overrides carry that were signed since.
 */
export async function scalesOf(
  tx: Tx,
  release: Asked & Partial<Pick<Release, 'state' | 'releasedAt'>>,
  now: Date,
  amount: number,
) {
  const regulation = await regulationAt(now)
  const whole = await figureFor(tx, release.customerId, now, release.id)
  const figure =
    release.state === 'released' && release.releasedAt
      ? withoutLater(whole, await carriedSince(tx, release, release.releasedAt))
      : whole
  const guarantee = await guaranteeFor(tx, release, now, amount)
  const request: Request = {
    amount,
    paid: await paidFor(tx, release.id),
    plan: await hasPlan(tx, release, now),
    override: await overrideOf(tx, release.id),
    overdueUpTo: await overdueUpTo(tx, release.id, now),
    guarantee: guarantee?.left ?? 0,
  }
  const least = regulation.value('credit.overdue_least') * 100
  return { figure, request, guaranteeId: guarantee?.id ?? null, least }
}

/**
 * CRD-07, CRD-08, wish 55: an override is an exception for one release and takes no room from those let out before it. In
 * fen: what such overrides carry of other releases, as far as it is not paid.
 */
async function carriedSince(tx: Tx, { id, customerId }: Asked, since: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ sum: bigint }[]>`
    select coalesce(sum(least(r.short, case when r.state = 'released' then r.short else s.open end)) * 100, 0)::bigint as sum
    from release r left join shipment s on s.release_id = r.id
    where r.customer_id = ${customerId} and r.id <> ${id} and r.state in ('released', 'shipped') and r.short > 0
      and exists (select from credit_override o where o.release_id = r.id and o.state = 'approved'
        and o.kind in ('first', 'final') and o.signed_at >= ${since}::timestamptz)`
  return Number(row!.sum)
}

const withoutLater = (figure: Figure, carried: number): Figure =>
  hasCredit(figure) ? { ...figure, exposure: figure.exposure - carried, available: figure.available + carried } : figure

/** CRD-09: received for it and not used for anything else. In fen. */
async function paidFor(tx: Tx, releaseId: bigint): Promise<number> {
  const { _sum } = await tx.receipt.aggregate({ where: { releaseId, open: { gt: 0 } }, _sum: { open: true } })
  return fenOf(_sum.open?.toFixed(2) ?? '0')
}

/** CRD-04, CRD-09: a plan for this release, or one of the customer's that still runs. */
async function hasPlan(tx: Tx, { id, customerId }: Asked, now: Date): Promise<boolean> {
  const running = { lines: { some: { dueOn: { gte: dayOf(dateText(now)) } } } }
  const where = { customerId, withdrawnAt: null, OR: [{ releaseId: id }, running] }
  return (await tx.repaymentPlan.count({ where })) > 0
}

/** CRD-07, CRD-08: the larger where both were signed for it. */
async function overrideOf(tx: Tx, releaseId: bigint): Promise<Request['override']> {
  const kinds: OverrideKind[] = ['first', 'final']
  const where = { releaseId, state: 'approved' as const, kind: { in: kinds } }
  const found = await tx.creditOverride.findFirst({ where, orderBy: { amount: 'desc' } })
  return found && { kind: found.kind as 'first' | 'final', amount: fenOf(found.amount.toFixed(2)) }
}

/** CRD-05: signed for this release and this very day. */
async function overdueUpTo(tx: Tx, releaseId: bigint, now: Date): Promise<number> {
  const where = { releaseId, state: 'approved' as const, kind: 'overdue' as const, validOn: dayOf(dateText(now)) }
  const found = await tx.creditOverride.findFirst({ where, orderBy: { amount: 'desc' } })
  return found ? fenOf(found.amount.toFixed(2)) : 0
}

/** CRD-12: the guarantee in force that carries the whole amount and ends first. What releases used of it stays used. */
async function guaranteeFor(tx: Tx, { id, customerId }: Asked, now: Date, amount: number) {
  const [found] = await tx.$queryRaw<{ id: bigint; left: bigint }[]>`
    select g.id, ((g.amount - coalesce(sum(r.guaranteed), 0)) * 100)::bigint as left from guarantee g
    left join release r on r.guarantee_id = g.id and r.id <> ${id} and r.state in ('released', 'shipped')
    where g.customer_id = ${customerId} and g.state = 'approved' and g.until >= ${dayOf(dateText(now))}::date
    group by g.id having (g.amount - coalesce(sum(r.guaranteed), 0)) * 100 >= ${amount}::bigint
    order by g.until, g.id limit 1`
  return found ? { id: found.id, left: Number(found.left) } : null
}
