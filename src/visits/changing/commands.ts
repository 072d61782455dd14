import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { refuseIf } from '../../lib/refused.ts'
import { cancelReport, startReports } from '../clocks.ts'
import { moveOn } from '../course.ts'
import { askedChanged } from '../spendings/asking.ts'
import { subjectOf, trailOf, type Visit } from '../queries.ts'
import type { Cancellation, Rescheduling } from './forms.ts'
import { holdOwn } from './holding.ts'
import { moveProblems, movingProblems, timingOf } from './rules.ts'

/** VIS-05: another time, with the reason; the appointment has to be made anew. */
export function reschedule(actor: Actor, given: Visit, input: Rescheduling, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const visit = await holdOwn(tx, actor, given, input.version)
    refuseIf(movingProblems(visit, now))
    const { minutes, reason } = input
    const timing = timingOf(input.day, input.time)
    refuseIf(moveProblems(visit, { ...timing, minutes }, now))
    await moveOn(tx, visit, 'reschedule', {
      ...timing,
      minutes,
      onDay: dayOf(timing.startsAt),
      firstStartsAt: visit.firstStartsAt ?? visit.startsAt,
      rescheduled: { increment: 1 },
      confirmedAt: null,
      confirmedWith: null,
      confirmedWay: null,
      warnedAt: null,
    })
    await moveReport(tx, { ...visit, ...timing, minutes }, now)
    const part = subjectOf(visit)
    await audit('visit.rescheduled', trailOf(visit), {
      before: { part, startsAt: dateTimeText(visit.startsAt) },
      after: { visit: visit.number, startsAt: dateTimeText(timing.startsAt), part },
      why: reason,
    })
  })
}

/** VIS-06: a clock that ran already, as the planned time was over or an arrival was undone, begins anew from the new one. */
async function moveReport(tx: Tx, visit: Visit, now: Date): Promise<void> {
  if (visit.reportDueAt === null) return
  await cancelReport(tx, visit, now)
  await startReports(tx, [visit], now)
}

/** VIS-05: it is not made; no report is waited for. */
export function cancelVisit(actor: Actor, given: Visit, input: Cancellation, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const visit = await holdOwn(tx, actor, given, input.version)
    await moveOn(tx, visit, 'cancel', { cancelledReason: input.reason })
    await cancelReport(tx, visit, now)
    await askedChanged(tx, audit, actor, { ...visit, state: 'cancelled' }, now)
    const part = subjectOf(visit)
    await audit('visit.cancelled', trailOf(visit), {
      before: { part },
      after: { visit: visit.number, party: visit.party, startsAt: dateTimeText(visit.startsAt), part },
      why: input.reason,
    })
  })
}
