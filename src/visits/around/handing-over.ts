import { auditMany, type Audit } from '../../audit/change.ts'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { cancelDeadlines } from '../../deadlines/commands.ts'
import { handDeadlinesOn } from '../../deadlines/handing.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { excusedFrom, reportClocks } from '../clocks.ts'
import { moveOn } from '../course.ts'
import { askedHandedOn, holdAskedOf } from '../spendings/asking.ts'
import { lockPlan, lockVisit, planSubject, subjectOf, trailOf, type Visit } from '../queries.ts'

type Party = { id: bigint; name: string }
type HandingOver = { actor: Actor; ids: bigint[]; from: Party; to: Party; why: string; now: Date }

/**
 * ACC-02: visits still to be made, and those without a report, of somebody who leaves: another goes, or writes down what
 * the leaver left of it. When the report is due does not change, but what is overdue counts against the new owner only
 * when a report's time has passed since (VIS-06); the plan keeps its line (VIS-05).
 */
export async function handVisitsOver(tx: Tx, audit: Audit, work: HandingOver): Promise<bigint[]> {
  const { ids, from, to, why, now } = work
  // As deciding does: what is asked for is held before the plan and the visit.
  const asked = await holdAskedOf(
    tx,
    ids.map((id) => ({ id })),
  )
  await tx.$queryRaw`
    select from visit_plan where id in (select plan_id from visit where id = any(${ids}::bigint[])) order by id for update`
  const { departmentId } = await tx.staff.findUniqueOrThrow({ where: { id: to.id }, select: { departmentId: true } })
  const excusedUntil = await excusedFrom(now)
  const taken: Visit[] = []
  for (const id of ids.toSorted((a, b) => Number(a - b))) {
    const visit = await lockVisit(tx, id)
    if (visit.ownerId !== from.id || (visit.state !== 'approved' && visit.state !== 'done')) continue
    const companions = visit.companions.filter((one) => one !== to.id)
    const data = { ownerId: to.id, departmentId, companions, excusedUntil, version: { increment: 1 } }
    await tx.visit.update({ where: { id }, data })
    await tellVisit(audit, visit, from, to, why)
    const requestId = asked.get(subjectOf(visit))
    if (requestId) await askedHandedOn(tx, audit, { ...visit, departmentId }, { requestId, from, to, why }, now)
    taken.push(visit)
  }
  for (const kind of reportClocks) await handDeadlinesOn(tx, kind, taken.map(subjectOf), to.id)
  return taken.map(({ id }) => id)
}

function tellVisit(audit: Audit, visit: Visit, from: Party, to: Party, why: string): Promise<void> {
  const part = subjectOf(visit)
  return audit('visit.handed_on', trailOf(visit), {
    before: { part, owner: from.name },
    after: { part, visit: visit.number, party: visit.party, owner: to.name },
    why,
  })
}

/** VIS-01: the month plans of the other one take them up from now on. */
export async function handTemplatesOver(tx: Tx, { actor, ids, from, to, why }: HandingOver): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint; customer: bigint }[]>`
    update visit_template t set owner_id = ${to.id}, version = t.version + 1 from customer c
    where t.id = any(${ids}::bigint[]) and t.owner_id = ${from.id} and t.ended_at is null and c.id = t.customer_id
    returning t.id, c.id as customer`
  const items = rows.map(({ id, customer }) => {
    const part = `visit_template:${id}`
    const detail = { before: { part, owner: from.name }, after: { part, owner: to.name }, why }
    return { subject: `customer:${customer}`, detail }
  })
  await auditMany(tx, actor, 'visit_template.handed_on', items)
  return rows.map(({ id }) => id)
}

/** VIS-01: a plan is its owner's: what nobody approved of it is not carried out by another. */
export async function endPlans(tx: Tx, audit: Audit, { ids, from, why }: HandingOver): Promise<bigint[]> {
  const ended: bigint[] = []
  for (const id of ids.toSorted((a, b) => Number(a - b))) {
    const plan = await lockPlan(tx, id)
    if (plan.ownerId !== from.id || plan.state === 'waiting' || plan.state === 'approved') continue
    const where = { planId: id, state: { in: ['draft' as const, 'refused' as const] } }
    const lines = await tx.visit.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })
    for (const line of lines) await endLine(tx, audit, await lockVisit(tx, line.id), why)
    await tx.visitPlan.update({ where: { id }, data: { version: { increment: 1 } } })
    const after = { number: plan.number, month: plan.monthText, n: lines.length }
    await audit('visit_plan.lines_ended', planSubject(plan), { after, why })
    ended.push(id)
  }
  return ended
}

async function endLine(tx: Tx, audit: Audit, visit: Visit, why: string): Promise<void> {
  await moveOn(tx, visit, 'cancel', { cancelledReason: why })
  const part = subjectOf(visit)
  const after = { part, visit: visit.number, party: visit.party, startsAt: dateTimeText(visit.startsAt) }
  await audit('visit.cancelled', trailOf(visit), { before: { part }, after, why })
}

const monthly = ['visit.plan', 'relation.month'] as const

/** ACC-02: no further plan and no further month is waited for from somebody who has left. */
export async function endMonthClocks(tx: Tx, leaverId: bigint, now: Date): Promise<void> {
  for (const kind of monthly) {
    const where = { kind, ownerId: leaverId, metAt: null, cancelledAt: null }
    const running = await tx.deadline.findMany({ where, select: { subject: true } })
    await cancelDeadlines(
      tx,
      kind,
      running.map(({ subject }) => subject),
      now,
    )
  }
}
