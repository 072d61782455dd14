import type { Actor } from '../access/actor.ts'
import { auditMany } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { handDeadlinesOn } from '../deadlines/handing.ts'
import { trailOf } from './queries.ts'

export type HandingOver = {
  ids: bigint[]
  from: { id: bigint; name: string }
  to: { id: bigint; name: string }
  why: string
}
type Row = { id: bigint; number: string; title: string; version: number; customerId: bigint | null }

/** ACC-02: the open tasks of somebody who leaves, to another; the due days stay. */
export async function handTasksOver(tx: Tx, actor: Actor, { ids, from, to, why }: HandingOver): Promise<bigint[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select id, number, title, version, customer_id as "customerId" from task
    where id = any(${ids}::bigint[]) and owner_id = ${from.id} and state = 'open' order by id for update`
  const taken = rows.map(({ id }) => id)
  await tx.task.updateMany({ where: { id: { in: taken } }, data: { ownerId: to.id, version: { increment: 1 } } })
  // One's own to-do stays the own to-do of whoever has it now.
  const own = { id: { in: taken }, createdById: from.id }
  await tx.task.updateMany({ where: own, data: { createdById: to.id } })
  await handDeadlinesOn(
    tx,
    'task.due',
    rows.map(({ id }) => `task:${id}`),
    to.id,
  )
  const names = { before: { owner: from.name }, after: { owner: to.name } }
  await auditMany(tx, actor, 'task.handed_on', lines(rows, names, why))
  return taken
}

/** Who asked for them: from now on the other one is told how they end. */
export async function handGivenTasksOver(tx: Tx, actor: Actor, { ids, from, to, why }: HandingOver): Promise<bigint[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select id, number, title, version, customer_id as "customerId" from task
    where id = any(${ids}::bigint[]) and created_by_id = ${from.id} and state = 'open' order by id for update`
  const taken = rows.map(({ id }) => id)
  await tx.task.updateMany({ where: { id: { in: taken } }, data: { createdById: to.id, version: { increment: 1 } } })
  const names = { before: { giver: from.name }, after: { giver: to.name } }
  await auditMany(tx, actor, 'task.giver_changed', lines(rows, names, why))
  return taken
}

function lines(rows: Row[], names: { before: object; after: object }, why: string) {
  return rows.map(({ id, number, title, version, customerId }) => {
    const part = `task:${id}`
    return {
      subject: trailOf({ id, customerId }),
      detail: {
        before: { ...names.before, part, version },
        after: { task: title, ...names.after, part, taskNumber: number, version: version + 1 },
        why,
      },
    }
  })
}
