import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { dateText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import type { Ending, NewDesignation } from './forms.ts'
import type { DesignationRow } from './queries.ts'
import { periodProblems } from './rules.ts'

/** ARC-14: puts a colleague at work on the list of those who carry important items. Answers with the name. */
export function designate(actor: Actor, input: NewDesignation, now: Date): Promise<string> {
  const { person, fromOn, untilOn, reason } = input
  return change(actor, async (tx, audit) => {
    refuseIf(periodProblems(fromOn, untilOn, dateText(now)))
    const number = person.split(' ')[0]!.toUpperCase()
    // Two at once for one person: the second finds the first.
    await tx.$queryRaw`select 1 from staff where number = ${number} for update`
    const staff = await tx.staff.findFirst({ where: { number, state: 'active' }, select: { id: true, name: true } })
    if (!staff) throw new Refused([{ rule: 'ARC-14', reason: 'designations:refused.nobody', field: 'person' }])
    const [same] = await tx.$queryRaw<{ from: string }[]>`
      select from_on::text as "from" from designated_person
      where staff_id = ${staff.id} and ended_at is null
        and daterange(from_on, until_on, '[]') && daterange(${fromOn}::date, ${untilOn}::date, '[]') limit 1`
    if (same)
      throw new Refused([
        {
          rule: 'ARC-14',
          reason: 'designations:refused.already',
          field: 'person',
          params: { name: staff.name, day: same.from },
        },
      ])
    const days = { fromOn: dayOf(fromOn), untilOn: untilOn === null ? null : dayOf(untilOn) }
    const { id } = await tx.designatedPerson.create({
      data: { staffId: staff.id, ...days, reason, namedById: actor.id, namedAt: now },
    })
    await audit('designation.given', `designation:${id}`, {
      after: { person: staff.name, fromOn, untilOn },
      why: reason,
    })
    return staff.name
  })
}

/** From this moment on; what is under way comes back all the same. */
export function endDesignation(
  actor: Actor,
  row: DesignationRow,
  { reason, version }: Ending,
  now: Date,
): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { count } = await tx.designatedPerson.updateMany({
      where: { id: row.id, version, endedAt: null },
      data: { endedAt: now, version: version + 1 },
    })
    if (count === 0) throw new Refused([{ rule: 'ARC-14', reason: 'designations:refused.changed' }])
    await audit('designation.ended', `designation:${row.id}`, { after: { person: row.name }, why: reason })
  })
}
