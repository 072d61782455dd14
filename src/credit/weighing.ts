import type { CheckStep, OverrideKind } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { fenOf, yuanText } from '../lib/money.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { endAsked } from './ending.ts'
import { figureFor } from './figure.ts'
import { releaseNow, trailOf, type Release } from './queries.ts'
import { weigh, type Figure, type Request, type Weighed } from './reckoning.ts'
import { releaseStates } from './states.ts'

export type Check = { figure: Figure; weighed: Weighed; passed: boolean }

/**
 * CRD-06, CRD-20: the one check on every way into "released" and out of the gate, by the server's day, with the account
 * held: weighs the release, writes what was found, and lets it out or holds it. `amount`: what ships of it, in fen.
 */
export async function checkRelease(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  release: Release,
  step: CheckStep,
  now: Date,
  amount = fenOf(release.amount.toFixed(2)),
): Promise<Release & { check: Check }> {
  const { figure, request, guaranteeId, least } = await scalesOf(tx, release, now, amount)
  const weighed = weigh(figure, request, least)
  const passed = weighed.holds.length === 0
  await record(tx, actor, release, step, now, { figure, weighed, passed, amount })
  const state = nextState(release, passed)
  await tx.release.update({
    where: { id: release.id },
    data: {
      state,
      holds: weighed.holds,
      short: yuanText(weighed.short),
      cash: yuanText(weighed.cash),
      ground: passed ? weighed.ground : null,
      releasedAt: passed ? (release.releasedAt ?? now) : release.releasedAt,
      guaranteeId: passed && weighed.guaranteed > 0 ? guaranteeId : null,
      guaranteed: passed ? yuanText(weighed.guaranteed) : '0',
      version: { increment: 1 },
    },
  })
  if (passed && release.state === 'held') await endAsked(tx, audit, actor, release, now)
  if (state !== release.state || step === 'request') await tell(audit, release, step, { figure, weighed, passed })
  return { ...(await releaseNow(tx, release.id)), check: { figure, weighed, passed } }
}

function nextState({ state }: Release, passed: boolean) {
  if (passed) return state === 'held' ? releaseStates.next(state, 'release') : state
  return state === 'released' ? releaseStates.next(state, 'hold') : state
}

/** What a release weighs and what against, as of now, for whoever wants to know before it is asked. */
export async function scalesOf(tx: Tx, release: Pick<Release, 'id' | 'customerId'>, now: Date, amount: number) {
  const regulation = await regulationAt(now)
  const figure = await figureFor(tx, release.customerId, now, release.id)
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

type Found = Check & { amount: number }
const record = (
  tx: Tx,
  actor: Actor,
  { id }: Release,
  step: CheckStep,
  now: Date,
  { figure, weighed, passed, amount }: Found,
) =>
  tx.releaseCheck.create({
    data: {
      releaseId: id,
      step,
      at: now,
      byId: actor.id,
      eligible: figure.eligible,
      method: figure.method,
      limit: yuanText(figure.limit),
      exposure: yuanText(figure.exposure),
      available: yuanText(figure.available),
      overdue: yuanText(figure.overdue),
      overdueDays: figure.overdueDays,
      amount: yuanText(amount),
      cash: yuanText(weighed.cash),
      short: yuanText(weighed.short),
      passed,
      holds: weighed.holds,
    },
  })

const tell = (audit: Audit, release: Release, step: CheckStep, { figure, weighed, passed }: Check) =>
  audit(passed ? 'release.released' : 'release.held', trailOf(release), {
    after: {
      release: release.number,
      step,
      amount: release.amount.toFixed(2),
      available: yuanText(figure.available),
      short: yuanText(weighed.short),
      ...(passed ? { ground: weighed.ground } : { holds: weighed.holds }),
    },
  })

/** CRD-09: received for it and not used for anything else. In fen. */
async function paidFor(tx: Tx, releaseId: bigint): Promise<number> {
  const { _sum } = await tx.receipt.aggregate({ where: { releaseId, open: { gt: 0 } }, _sum: { open: true } })
  return fenOf(_sum.open?.toFixed(2) ?? '0')
}

/** CRD-04, CRD-09: a plan for this release, or one of the customer's that still runs. */
async function hasPlan(tx: Tx, { id, customerId }: Pick<Release, 'id' | 'customerId'>, now: Date): Promise<boolean> {
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
async function guaranteeFor(tx: Tx, { id, customerId }: Pick<Release, 'id' | 'customerId'>, now: Date, amount: number) {
  const [found] = await tx.$queryRaw<{ id: bigint; left: bigint }[]>`
    select g.id, ((g.amount - coalesce(sum(r.guaranteed), 0)) * 100)::bigint as left from guarantee g
    left join release r on r.guarantee_id = g.id and r.id <> ${id} and r.state in ('released', 'shipped')
    where g.customer_id = ${customerId} and g.state = 'approved' and g.until >= ${dayOf(dateText(now))}::date
    group by g.id having (g.amount - coalesce(sum(r.guaranteed), 0)) * 100 >= ${amount}::bigint
    order by g.until, g.id limit 1`
  return found ? { id: found.id, left: Number(found.left) } : null
}
