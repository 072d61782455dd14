import { Prisma } from '../../prisma/client/client.ts'
import type { Role } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { may, permit, withinSql, type Permit, type Placed } from '../access/policy.ts'
import { rowOf, type Act } from '../access/table.ts'

/** A task lies where its owner works, and in the region of the customer it is about. */
export type PlacedTask = Placed & { createdById: bigint }

export const isGiver = (actor: Actor, { createdById }: PlacedTask) => createdById === actor.id

/** One's own tasks and those one gave are seen wherever they lie. */
export function sees(actor: Actor, task: PlacedTask): boolean {
  return task.ownerId === actor.id || isGiver(actor, task) || may(actor, 'tasks.view', task)
}

/** Its owner, or whoever is set over the owner. */
export function maySettle(actor: Actor, task: PlacedTask): boolean {
  return may(actor, 'tasks.settle', task) || (task.ownerId === actor.id && permit('tasks.settle')(actor, null))
}

/** Who gave it may also take it back or give it to somebody else. */
export function mayRedirect(actor: Actor, task: PlacedTask): boolean {
  return maySettle(actor, task) || (isGiver(actor, task) && permit('tasks.settle')(actor, null))
}

const permitTask = (act: Act, rule: (actor: Actor, task: PlacedTask) => boolean): Permit<PlacedTask> =>
  Object.assign(rule, { act })

export const taskPolicy = {
  list: permit('tasks.view'),
  create: permit('tasks.create'),
  view: permitTask('tasks.view', sees),
  finish: permitTask('tasks.settle', maySettle),
  withdraw: permitTask('tasks.settle', mayRedirect),
  handOn: permitTask('tasks.settle', mayRedirect),
  /** What was asked for, and by when, is the giver's to say. */
  correct: permitTask('tasks.create', (actor, task) => isGiver(actor, task) && permit('tasks.create')(actor, null)),
}

/** Which tasks exist for this person: over the columns owner_id, created_by_id, department_id and region_id. */
export function visibleTasksSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`(owner_id = ${actor.id} or created_by_id = ${actor.id} or ${withinSql(actor, 'tasks.view')})`
}

/** Whether this person looks after the tasks of others. */
export function overseesTasks(actor: Actor): boolean {
  const row = rowOf('tasks.view') as { [R in Role]?: string }
  return actor.grants.some(({ role }) => row[role] === 'all' || row[role] === 'place')
}

/** Who can be given a task: only those who could also settle it. */
export const rolesWithTasks = Object.keys(rowOf('tasks.settle')) as Role[]
