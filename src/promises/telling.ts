import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { dateTimeText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import { refuseIf } from '../lib/refused.ts'
import { isTold, tellingProblems, type Telling } from './rules.ts'

/**
 * VIS-07: what ending a task means for the promise that it stands for, if it stands for one; in the transaction that ends
 * it. Answers with what the trail says of it.
 */
export async function endPromise(
  tx: Tx,
  actor: Actor,
  { taskId, ending, ...given }: { taskId: bigint; ending: 'done' | 'withdrawn' } & Partial<Telling>,
  now: Date,
): Promise<object> {
  const { toldAt = null, toldWay = null, toldWhom = null, toldWords = null } = given
  const telling = { toldAt, toldWay, toldWhom, toldWords }
  const promise = await tx.customerPromise.findUnique({ where: { taskId }, select: { id: true, promisedOn: true } })
  if (!promise) return {}
  const promisedOn = dayText(promise.promisedOn)
  refuseIf(tellingProblems(telling, { ending, promisedOn, now }))
  if (!isTold(telling)) return {}
  await tx.customerPromise.update({ where: { id: promise.id }, data: { ...telling, toldById: actor.id } })
  return { ...telling, toldAt: dateTimeText(telling.toldAt) }
}
