import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { auditMany, change } from '../audit/change.ts'
import { lockPicked } from '../customers/list/picked.ts'
import { lockCustomer } from '../customers/queries.ts'
import type { Tx } from '../db.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { goneOf } from '../organisation/queries.ts'
import { lostOwner } from './leaving.ts'
import { move, placeParts } from './moving.ts'
import { lastAssignments, secondsToUndo, type Assigned, type Batch } from './queries.ts'
import { undoProblems, type Place } from './rules.ts'
import { untellOwners } from './telling.ts'

/** Takes the last assignment back, for whoever made it, while nothing came after it. */
export function undoAssignment(actor: Actor, id: bigint, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const customer = await lockCustomer(tx, id)
    if (!may(actor, 'customers.assign', customer)) throw new Forbidden('customers.assign')
    const last = (await lastAssignments(tx, [id])).get(id)
    if (!last) throw new Refused([{ rule: 'CUS-06', reason: 'assignments:refused.undoChanged' }])
    refuseIf(undoProblems(madeBy(last), customer, actor, now, await secondsToUndo(now)))
    const place = placeBefore(last)
    const gone = await goneOf(tx, place)
    if (gone) throw new Refused([{ rule: 'PPL-01', reason: 'customers:refused.placeGone' }])
    const lost = place.ownerId === null ? null : await lostOwner(tx, place.ownerId)
    if (lost) throw new Refused([lost])
    await untellOwners(tx, `customer:${id}`, [id], new Date(last.after.at))
    await move(tx, audit, actor, [{ id, ...place }], now)
    await audit('customer.assignment_undone', `customer:${id}`, undone(last))
  })
}

/** The same for all that went together; those that were changed since stay as they are. Answers with their numbers. */
export function undoAssignments(actor: Actor, batch: Batch, now: Date): Promise<{ back: number; left: number }> {
  return change(actor, async (tx, audit) => {
    const numbers = batch.outcomes.filter(({ reason, asked }) => !reason && !asked).map(({ number }) => number)
    const locked = await lockPicked(tx, actor, numbers)
    const versions = await versionsOf(tx, [...locked.values()])
    const last = await lastAssignments(tx, [...locked.values()])
    const seconds = await secondsToUndo(now)
    const lost = await lostOwners(tx, [...last.values()])
    const judged = [...locked].map(([number, id]) => ({ number, id, last: last.get(id), problem: problemOf(id) }))
    const back = judged.filter(({ problem }) => !problem)
    if (back.length === 0)
      refuseIf([judged[0]?.problem ?? { rule: 'CUS-06', reason: 'assignments:refused.undoChanged' }])
    const ids = back.map(({ id }) => id)
    if (ids.length === numbers.length) await untellOwners(tx, `assignment:${batch.id}`, ids, batch.at)
    await move(
      tx,
      audit,
      actor,
      back.map(({ id, last: entry }) => ({ id, ...placeBefore(entry!) })),
      now,
    )
    const items = back.map(({ id, last: entry }) => ({ subject: `customer:${id}`, detail: undone(entry!) }))
    await auditMany(tx, actor, 'customer.assignment_undone', items)
    await audit('assignment.undone', `assignment:${batch.id}`, { after: { numbers: back.map(({ number }) => number) } })
    return { back: back.length, left: numbers.length - back.length }

    function problemOf(id: bigint): Refusal | undefined {
      const entry = last.get(id)
      if (entry?.after.batch !== batch.id) return { rule: 'CUS-06', reason: 'assignments:refused.undoChanged' }
      const problems = undoProblems(madeBy(entry), { version: versions.get(id)! }, actor, now, seconds)
      return problems[0] ?? lost.get(placeBefore(entry).ownerId)
    }
  })
}

/** ACC-02: who left, or is leaving, since then is given nothing back. */
async function lostOwners(tx: Tx, last: Assigned[]): Promise<Map<bigint | null, Refusal>> {
  const found = new Map<bigint | null, Refusal>()
  for (const id of new Set(last.flatMap((entry) => placeBefore(entry).ownerId ?? []))) {
    const lost = await lostOwner(tx, id)
    if (lost) found.set(id, lost)
  }
  return found
}

async function versionsOf(tx: Tx, ids: bigint[]): Promise<Map<bigint, number>> {
  const rows = await tx.customer.findMany({ where: { id: { in: ids } }, select: { id: true, version: true } })
  return new Map(rows.map(({ id, version }) => [id, version]))
}

const madeBy = ({ actorId, after }: Assigned) => ({
  by: actorId,
  at: new Date(after.at),
  version: after.version,
  ...(after.approval ? { approval: after.approval } : {}),
})

function placeBefore({ before: { ids } }: Assigned): Place {
  const id = (text: string | null) => (text === null ? null : BigInt(text))
  return { ownerId: id(ids.owner), departmentId: id(ids.department), regionId: id(ids.region) }
}

function undone({ before, after }: Assigned) {
  const words = (all: Assigned['before'] | Assigned['after']) =>
    Object.fromEntries(placeParts.filter((part) => part in all).map((part) => [part, all[part]]))
  return {
    before: { ...words(after), version: after.version },
    after: { ...words(before), version: after.version + 1 },
  }
}
