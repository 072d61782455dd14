import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { lockItem } from '../archive/queries.ts'
import { change } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import { lockDesignated } from '../designations/queries.ts'
import { reportIncident } from '../incidents/commands.ts'
import { translate } from '../i18n.ts'
import { dateText, dayStart, yearOf } from '../lib/dates.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import type { Back, NewMovement } from './forms.ts'
import { movedFor, standingOf, type MovementRecord } from './queries.ts'
import { dueProblems, leaves, movingProblems } from './rules.ts'

/** ARC-14: records that something important changes hands or leaves; only a designated person carries it. */
export async function recordMovement(actor: Actor, input: NewMovement, now: Date): Promise<string> {
  const { item, copyId } = await movedFor(actor, input.what)
  if (!may(actor, 'movements.record', item)) throw new Forbidden('movements.record')
  return change(actor, async (tx, audit) => {
    await lockItem(tx, item.id)
    if (copyId) await tx.$queryRaw`select 1 from numbered_copy where id = ${copyId} for update`
    const carrier = await lockDesignated(tx, input.carrier.split(' ')[0]!.toUpperCase(), now)
    const standing = await standingOf(tx, item.id, copyId)
    const { kind, fromWhom, toWhom, measure, note, dueOn } = input
    refuseIf([
      ...movingProblems(kind, standing),
      ...dueProblems(kind, dueOn, standing, dateText(now)),
      ...(carrier ? [] : [{ rule: 'ARC-14', reason: 'movements:refused.notDesignated', field: 'carrier' } as const]),
    ])
    const year = yearOf(now)
    const number = businessNumber('L', year, await takeSerials(tx, 'movement', year, 1))
    const of = { itemId: item.id, customerId: item.customerId, copyId, loanId: copyId ? null : standing.loanId }
    const times = leaves(kind) ? { outAt: now, dueAt: dayStart(dueOn!, 1) } : { outAt: now, backAt: now }
    await tx.movement.create({
      data: {
        number,
        kind,
        ...of,
        fromWhom,
        toWhom,
        carrierId: carrier!.id,
        measure,
        note,
        ...times,
        recordedById: actor.id,
      },
    })
    const what = standing.copy?.number ?? item.number
    const after = { movement: number, kind, item: item.number, what, carrier: carrier!.name, measure, dueOn }
    await audit('movement.recorded', `customer:${item.customerId}`, { after })
    return number
  })
}

/** It is back, looked at; what is not as it went is an incident, whose number it answers with. */
export function takeBack(actor: Actor, record: MovementRecord, input: Back, now: Date): Promise<string | null> {
  const { sound, note, version } = input
  if (sound === 'no' && !note)
    throw new Refused([{ rule: 'ARC-14', reason: 'movements:refused.noteNeeded', field: 'note' }])
  return change(actor, async (tx, audit) => {
    const { count } = await tx.movement.updateMany({
      where: { id: record.id, version, backAt: null },
      data: { backAt: now, version: version + 1 },
    })
    if (count === 0) throw new Refused([{ rule: 'ARC-14', reason: 'movements:refused.backAlready' }])
    const { number, itemNumber, copyNumber, customerId, itemId, carrier } = record
    const after = { movement: number, item: itemNumber, what: copyNumber ?? itemNumber, sound }
    await audit('movement.back', `customer:${customerId}`, { after })
    if (sound === 'yes') return null
    const what = translate.zh('movements:incident', { number, what: copyNumber ?? itemNumber, carrier, note: note! })
    return reportIncident(tx, audit, actor, { kind: 'difference', what, customerId, itemId }, now)
  })
}
