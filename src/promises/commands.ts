import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import { giveTask } from '../tasks/commands.ts'
import { promiseProblems } from './rules.ts'

export type NewPromise = {
  /** Null where who was visited is no customer yet. */
  customerId: bigint | null
  visitId?: bigint | null
  contactRecordId?: bigint | null
  /** One sentence, at most `longestPromise` characters. */
  what: string
  ownerId: bigint
  /** 2026-12-01 */
  dueOn: string
  promisedTo: string | null
  /** The day of the visit or of the call. */
  promisedOn: string
}

/**
 * VIS-07: a promise made to a customer becomes a task with an owner and a day, within another change. Answers with the
 * task's number. `fieldOf` says where `what`, `owner`, `dueOn` and `promisedOn` stand in the form it comes from.
 */
export async function promiseStep(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  given: NewPromise,
  now: Date,
  fieldOf: (field: string) => string = (field) => field,
): Promise<string> {
  const { customerId, visitId = null, contactRecordId = null, what, ownerId, dueOn, promisedTo, promisedOn } = given
  const origin = visitId === null ? `contact_record:${contactRecordId}` : `visit:${visitId}`
  const number = await named(fieldOf, async () => {
    refuseIf(promiseProblems({ promisedOn, dueOn }, dateText(now)))
    return giveTask(tx, audit, actor, { title: what, ownerId, dueOn, customerId, origin }, now)
  })
  const { id } = await tx.task.findUniqueOrThrow({ where: { number }, select: { id: true } })
  const data = { taskId: id, customerId, visitId, contactRecordId, promisedTo, promisedOn: dayOf(promisedOn) }
  await tx.customerPromise.create({ data, select: { id: true } })
  await audit('promise.given', customerId === null ? origin : `customer:${customerId}`, {
    before: { part: origin },
    after: {
      promise: what,
      ...(promisedTo ? { promisedTo } : {}),
      promisedOn,
      dueOn,
      taskNumber: number,
      part: origin,
    },
  })
  return number
}

/** What is refused stands by the field of the form that the promise was typed into. */
async function named<T>(fieldOf: (field: string) => string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new Refused(error.refusals.map((one) => (one.field ? { ...one, field: fieldOf(one.field) } : one)))
  }
}
