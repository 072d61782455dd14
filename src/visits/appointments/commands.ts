import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { refuseIf } from '../../lib/refused.ts'
import { holdOwn } from '../changing/holding.ts'
import { subjectOf, trailOf, type Visit } from '../queries.ts'
import type { Appointment } from './forms.ts'
import { agreeingProblems, appointmentProblems } from './rules.ts'

/** VIS-03: agreed with the customer; agreeing again replaces what was agreed. */
export function confirmAppointment(actor: Actor, given: Visit, input: Appointment, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const visit = await holdOwn(tx, actor, given, input.version)
    refuseIf(agreeingProblems(visit))
    refuseIf(appointmentProblems(input.confirmedAt, now))
    const { confirmedAt, way } = input
    await tx.visit.update({
      where: { id: visit.id },
      data: { confirmedAt, confirmedWith: input.with, confirmedWay: way, version: { increment: 1 } },
    })
    const part = subjectOf(visit)
    await audit('visit.confirmed', trailOf(visit), {
      before: { part },
      after: { visit: visit.number, confirmedAt: dateTimeText(confirmedAt), with: input.with, confirmedWay: way, part },
    })
  })
}
