import type { Actor } from '../access/actor.ts'
import { auditMany } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { refuseIf } from '../lib/refused.ts'
import { selfNamed } from './keepers.ts'

type Party = { id: bigint; name: string }
type HandingOver = { actor: Actor; ids: bigint[]; from: Party; to: Party; why: string }
type Row = { id: bigint; number: string; customerId: bigint }

/** ARC-01: files that a leaver keeps, to another keeper; nobody takes them over by naming himself (ARC-06). */
export async function handFilesOver(tx: Tx, { actor, ids, from, to, why }: HandingOver): Promise<bigint[]> {
  refuseIf(selfNamed(actor, { keeperId: from.id }, to))
  const rows = await tx.$queryRaw<Row[]>`
    update customer_file set keeper_id = ${to.id}, version = version + 1
    where id = any(${ids}::bigint[]) and keeper_id = ${from.id} returning id, number, customer_id as "customerId"`
  const items = rows.map(({ id, number, customerId }) => ({
    subject: `customer:${customerId}`,
    detail: { before: { part: `file:${id}`, keeper: from.name }, after: { file: number, keeper: to.name }, why },
  }))
  await auditMany(tx, actor, 'file.kept', items)
  return rows.map(({ id }) => id)
}

/** ARC-02: items with a keeper of their own. */
export async function handItemsOver(tx: Tx, { actor, ids, from, to, why }: HandingOver): Promise<bigint[]> {
  refuseIf(selfNamed(actor, { keeperId: from.id }, to))
  const rows = await tx.$queryRaw<Row[]>`
    update archive_item set keeper_id = ${to.id}, version = version + 1
    where id = any(${ids}::bigint[]) and keeper_id = ${from.id} and state not in ('disposed', 'given_back')
    returning id, number, customer_id as "customerId"`
  const items = rows.map(({ id, number, customerId }) => ({
    subject: `customer:${customerId}`,
    detail: { before: { part: `item:${id}`, keeper: from.name }, after: { item: number, keeper: to.name }, why },
  }))
  await auditMany(tx, actor, 'item.level_changed', items)
  return rows.map(({ id }) => id)
}
