import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { change, type Audit } from '../audit/change.ts'
import { calendarAt } from '../calendar/queries.ts'
import { takeSerials } from '../customers/numbers.ts'
import { visibleCustomers } from '../customers/policy.ts'
import type { Tx } from '../db.ts'
import { startDeadlines } from '../deadlines/commands.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import type { NewTask } from './forms.ts'
import { trailOf } from './queries.ts'
import { lockColleague } from './colleagues.ts'
import { dueMoment, dueProblems, taskNumber } from './rules.ts'

export type GivenTask = {
  title: string
  note?: string | null
  ownerId: bigint
  /** 2026-11-30 */
  dueOn: string
  customerId?: bigint | null
  /** Where it comes from, as in the trail: customer:12 */
  origin?: string | null
}

/**
 * Gives somebody a task within another change: a promise, a finding, care. Answers with its number. The owner must be a
 * colleague at work who can settle it; about a customer only who sees that customer gives one (PRV-02).
 */
export async function giveTask(tx: Tx, audit: Audit, actor: Actor, given: GivenTask, now: Date): Promise<string> {
  const { title, note = null, dueOn, customerId = null, origin = null } = given
  refuseIf(dueProblems(dueOn, dateText(now)))
  const owner = await lockColleague(tx, { id: given.ownerId })
  if (!owner) throw new Refused([{ rule: 'PPL-01', reason: 'tasks:refused.ownerUnknown', field: 'owner' }])
  const number = taskNumber(yearOf(now), await takeSerials(tx, 'task', yearOf(now), 1))
  const people = { ownerId: owner.id, createdById: actor.id }
  const data = { number, title, note, ...people, origin, customerId, dueOn: dayOf(dueOn), createdAt: now }
  const { id } = await tx.task.create({ data, select: { id: true } })
  const part = `task:${id}`
  const dueAt = dueMoment(await calendarAt(now), dueOn, now)
  const clock = { subject: part, ownerId: owner.id, dueAt, ...(customerId === null ? {} : { customerId }) }
  await startDeadlines(tx, 'task.due', [clock], now)
  await audit('task.given', trailOf({ id, customerId }), {
    before: { part },
    after: { task: title, taskNumber: number, owner: owner.name, dueOn, ...(note ? { note } : {}), part },
  })
  await tellOwner(tx, actor, { id, number, ownerId: owner.id, dueOn }, now)
  return number
}

/** A colleague gives a task by hand. */
export function createTask(actor: Actor, input: NewTask, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    if (!mayEver(actor, 'tasks.create')) throw new Forbidden('tasks.create')
    const owner = await lockColleague(tx, { number: input.owner.toUpperCase() })
    if (!owner) throw new Refused([{ rule: 'PPL-01', reason: 'tasks:refused.ownerUnknown', field: 'owner' }])
    const customer = input.customer === null ? null : await customerSeen(tx, actor, input.customer)
    const about = customer ? { customerId: customer.id, origin: `customer:${customer.id}` } : {}
    const { title, note, dueOn } = input
    return giveTask(tx, audit, actor, { title, note, dueOn, ownerId: owner.id, ...about }, now)
  })
}

async function customerSeen(tx: Tx, actor: Actor, number: string) {
  const where = { AND: [visibleCustomers(actor), { number: number.toUpperCase() }] }
  const customer = await tx.customer.findFirst({ where, select: { id: true } })
  if (customer) return customer
  throw new Refused([{ rule: 'PPL-01', reason: 'tasks:refused.customerUnknown', field: 'customer' }])
}

type Told = { id: bigint; number: string; ownerId: bigint; dueOn: string }

/** Who gives himself a task knows of it. */
export async function tellOwner(tx: Tx, actor: Actor, { id, number, ownerId, dueOn }: Told, now: Date): Promise<void> {
  if (ownerId === actor.id) return
  const params = { by: actor.name, number, due: dueOn }
  await notify(tx, [{ to: ownerId, kind: 'task.given', subject: `task:${id}`, href: `/tasks/${number}`, params }], now)
}
