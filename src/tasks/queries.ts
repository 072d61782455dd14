import { Prisma } from '../../prisma/client/client.ts'
import type { TaskState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { veilDeep } from '../customers/sensitivity.ts'
import type { HistoryLine } from '../customers/history/queries.ts'
import { ask, db, type Tx } from '../db.ts'
import type { Tagged } from '../deadlines/tag.ts'
import { dateText, dayStart } from '../lib/dates.ts'
import { NotFound } from '../lib/refused.ts'
import type { Colleague } from './colleagues.ts'
import { visibleTasksSql } from './policy.ts'

/** The clock of a task, as its tag needs it. */
export type Clock = Tagged & { id: bigint }
export type TaskRow = {
  id: bigint
  number: string
  title: string
  dueOn: string
  state: TaskState
  endedAt: Date | null
  ownerId: bigint
  ownerName: string
  createdById: bigint
  giverName: string
  /** PRV-02: null also where there is one that this person does not see. */
  customer: { number: string; name: string } | null
  about: boolean
  deadline: Clock | null
}
export type Task = TaskRow & {
  note: string | null
  result: string | null
  origin: string | null
  createdAt: Date
  version: number
  customerId: bigint | null
  departmentId: bigint | null
  regionId: bigint | null
  owner: Colleague
  giver: Colleague
}

/** All tasks with the places they lie in, as visibleTasksSql reads them. */
export const tasksSql = Prisma.sql`
  (select k.*, o.department_id, o.number as owner_number, o.name as owner_name, g.number as giver_number,
     g.name as giver_name, c.region_id
   from task k join staff o on o.id = k.owner_id join staff g on g.id = k.created_by_id
     left join customer c on c.id = k.customer_id)`

const clockSql = Prisma.sql`(
  select json_build_object('id', d.id::text, 'unit', d.unit, 'startedAt', d.started_at, 'dueAt', d.due_at,
    'soonAt', d.soon_at, 'pausedAt', d.paused_at, 'metAt', d.met_at, 'cancelledAt', d.cancelled_at)
  from deadline d where d.subject = 'task:' || t.id and d.kind = 'task.due' order by d.id desc limit 1)`

/** The customer it is about, for whoever sees that customer. */
const customerSql = (actor: Actor) => Prisma.sql`(
  select json_build_object('number', number, 'name', name) from customer
  where id = t.customer_id and ${visibleCustomersSql(actor)})`

/** What a row of a list tells, of `tasksSql as t`. */
export const rowSql = (actor: Actor) => Prisma.sql`
  t.id, t.number, t.title, to_char(t.due_on, 'YYYY-MM-DD') as "dueOn", t.state::text, t.ended_at as "endedAt",
  t.owner_id as "ownerId", t.owner_name as "ownerName", t.created_by_id as "createdById",
  t.giver_name as "giverName", t.customer_id is not null as about, ${customerSql(actor)} as customer,
  ${clockSql} as deadline`

const taskSql = (actor: Actor) => Prisma.sql`${rowSql(actor)}, t.note, t.result, t.origin, t.created_at as "createdAt",
  t.version, t.customer_id as "customerId", t.department_id as "departmentId", t.region_id as "regionId",
  json_build_object('id', t.owner_id::text, 'number', t.owner_number, 'name', t.owner_name) as owner,
  json_build_object('id', t.created_by_id::text, 'number', t.giver_number, 'name', t.giver_name) as giver`

/** What JSON carried as text. */
export function asClock(clock: Clock | null): Clock | null {
  if (!clock) return null
  const date = (value: Date | null) => (value === null ? null : new Date(value))
  const dueAt = new Date(clock.dueAt)
  return {
    id: BigInt(clock.id),
    // What is due at the end of a day has no office hours left to be counted in.
    unit: isDayEnd(dueAt) ? 'hour' : clock.unit,
    startedAt: new Date(clock.startedAt),
    dueAt,
    soonAt: new Date(clock.soonAt),
    pausedAt: date(clock.pausedAt),
    metAt: date(clock.metAt),
    cancelledAt: date(clock.cancelledAt),
  }
}

const isDayEnd = (moment: Date) => dayStart(dateText(moment)).getTime() === moment.getTime()

export const seenRow = <R extends TaskRow>(row: R): R => ({
  ...row,
  id: BigInt(row.id),
  ownerId: BigInt(row.ownerId),
  createdById: BigInt(row.createdById),
  endedAt: row.endedAt === null ? null : new Date(row.endedAt),
  deadline: asClock(row.deadline),
})

/** The only way to a task: what the actor may not see does not exist. */
export async function taskFor(actor: Actor, number: string): Promise<Task> {
  const [task] = await ask<Task>`
    select ${taskSql(actor)} from ${tasksSql} as t
    where t.id = (select id from ${tasksSql} as v where number = ${number.toUpperCase()} and ${visibleTasksSql(actor)})`
  if (!task) throw new NotFound()
  return seenRow(task)
}

/** Which of these tasks the actor sees. */
export async function tasksSeen(actor: Actor, ids: bigint[]): Promise<Set<bigint>> {
  const rows = await ask<{ id: bigint }>`
    select id from ${tasksSql} as v where id = any(${ids}::bigint[]) and ${visibleTasksSql(actor)}`
  return new Set(rows.map(({ id }) => id))
}

export const mostOnPage = 5

/** VIS-07: over the tasks as `v`: those that stand for a promise, which is shown as such (src/promises). */
export const isPromiseSql = Prisma.sql`exists (select from promise where promise.task_id = v.id)`

/** The open tasks about a customer that the actor sees, most urgent first, as JSON: one more than the page shows. */
export const openTasksSql = (actor: Actor, customerId: bigint) => Prisma.sql`(
  select coalesce(json_agg(j), '[]') from (
    select ${rowSql(actor)} from ${tasksSql} as t
    where t.id in (select id from ${tasksSql} as v where customer_id = ${customerId} and state = 'open' and not ${isPromiseSql}
      and ${visibleTasksSql(actor)})
    order by t.due_on, t.id limit ${mostOnPage + 1}) j)`

/** Holds the row until the transaction ends; take it before checking any rule. */
export async function lockTask(tx: Tx, actor: Actor, id: bigint): Promise<Task> {
  await tx.$queryRaw`select 1 from task where id = ${id} for update`
  const [task] = await tx.$queryRaw<Task[]>`select ${taskSql(actor)} from ${tasksSql} as t where t.id = ${id}`
  return seenRow(task!)
}

/** What happened to a task, newest first: its lines stand in the trail of the customer it is about. */
export async function taskHistory({ id, customerId }: Task): Promise<HistoryLine[]> {
  const lines = await db.auditEntry.findMany({
    where: { subject: trailOf({ id, customerId }), before: { path: ['part'], equals: `task:${id}` } },
    orderBy: { id: 'desc' },
    take: 100,
    select: { id: true, at: true, actorName: true, action: true, before: true, after: true, why: true },
  })
  const fields = (value: unknown) => veilDeep(value ?? {}) as Record<string, unknown>
  return lines.map((line) => ({ ...line, before: fields(line.before), after: fields(line.after) }))
}

/** Where the trail of a task stands. */
export const trailOf = ({ id, customerId }: Pick<Task, 'id' | 'customerId'>) =>
  customerId === null ? `task:${id}` : `customer:${customerId}`
