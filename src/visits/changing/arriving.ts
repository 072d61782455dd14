import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { cancelReport, startReports } from '../clocks.ts'
import { endOf } from '../rules.ts'
import { moveOn } from '../course.ts'
import { subjectOf, trailOf, type Visit } from '../queries.ts'
import type { Arrival } from './forms.ts'
import { holdOwn } from './holding.ts'
import { arrivalProblems, arrivedAt, isStillThere, mostMinutes } from './rules.ts'

/** VIS-06: somebody is there; from the end of the visit on the report is waited for. */
export function arrive(actor: Actor, given: Visit, when: Arrival['when'], now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    await arriveStep(tx, audit, await holdOwn(tx, actor, given), when, now)
  })
}

export async function arriveStep(tx: Tx, audit: Audit, visit: Visit, when: Arrival['when'], now: Date): Promise<void> {
  refuseIf(arrivalProblems(visit, now))
  const at = arrivedAt(visit, when, now)
  await moveOn(tx, visit, 'arrive', { arrivedAt: at })
  await startReports(tx, [{ ...visit, endedAt: laterOf(endOf(visit), endOf({ ...visit, startsAt: at })) }], now)
  const part = subjectOf(visit)
  await audit('visit.arrived', trailOf(visit), {
    before: { part },
    after: { visit: visit.number, arrivedAt: dateTimeText(at), version: visit.version + 1, part },
  })
}

const laterOf = (one: Date, other: Date) => (one > other ? one : other)

/** Within the seconds of an undo, while nothing came after it. */
export function undoArrival(actor: Actor, given: Visit, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const visit = await holdOwn(tx, actor, given)
    if (!(await isUndoable(tx, actor, visit, now)))
      throw new Refused([{ rule: 'VIS-05', reason: 'visitDay:refused.undoLate' }])
    await moveOn(tx, visit, 'undo_arrival', { arrivedAt: null })
    // What was over by the plan keeps its clock: that runs without anybody's press.
    if (endOf(visit) > now) await cancelReport(tx, visit, now)
    const part = subjectOf(visit)
    await audit('visit.arrival_undone', trailOf(visit), { before: { part }, after: { visit: visit.number, part } })
  })
}

async function isUndoable(tx: Tx, actor: Actor, visit: Visit, now: Date): Promise<boolean> {
  const seconds = (await regulationAt(now)).value('customers.undo_seconds')
  const since = new Date(now.getTime() - seconds * 1000)
  const lines = await tx.auditEntry.findMany({
    where: { subject: trailOf(visit), action: 'visit.arrived', actorId: actor.id, at: { gte: since } },
    select: { after: true },
  })
  return lines.some(({ after }) => {
    const { part, version } = after as { part: string; version: number }
    return part === subjectOf(visit) && version === visit.version
  })
}

/** When it was left; a visit that went on into another day has its report due from there. */
export function leaveVisit(actor: Actor, given: Visit, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const visit = await holdOwn(tx, actor, given)
    const refuse = (reason: 'leftAlready' | 'leftLate' | 'notHere') =>
      new Refused([{ rule: 'VIS-05', reason: `visitDay:refused.${reason}`, params: { hours: mostMinutes / 60 } }])
    if (visit.state !== 'done') throw refuse('notHere')
    if (visit.leftAt) throw refuse('leftAlready')
    if (!isStillThere(visit, now)) throw refuse('leftLate')
    await tx.visit.update({ where: { id: visit.id }, data: { leftAt: now, version: { increment: 1 } } })
    if (dateText(now) > dateText(endOf(visit)) && (visit.reportDueAt === null || visit.reportDueAt > now)) {
      await cancelReport(tx, visit, now)
      await startReports(tx, [{ ...visit, endedAt: now }], now)
    }
    const part = subjectOf(visit)
    await audit('visit.left', trailOf(visit), {
      before: { part },
      after: { visit: visit.number, leftAt: dateTimeText(now), part },
    })
  })
}
