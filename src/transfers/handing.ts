import type { Actor } from '../access/actor.ts'
import { auditMany } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { handDeadlinesOn } from '../deadlines/handing.ts'

type Work = { actor: Actor; ids: bigint[]; from: Party; to: Party; why: string }
type Party = { id: bigint; name: string }
type Row = { id: bigint; number: string; customerId: bigint }

/** ACC-02: open transfers that a leaver was to sign, to another; whoever signs another part of one cannot take it. */
export async function handListsOver(tx: Tx, work: Work): Promise<bigint[]> {
  const { ids, from, to } = work
  const rows = await tx.$queryRaw<Row[]>`
    update transfer set officer_id = ${to.id}, version = version + 1
    where id = any(${ids}::bigint[]) and officer_id = ${from.id} and state = 'listing'
      and ${to.id} not in (checker_id, archivist_id) returning id, number, customer_id as "customerId"`
  await handDeadlinesOn(tx, 'transfer.hand_over', subjects(rows), to.id)
  return told(tx, work, rows)
}

export async function handChecksOver(tx: Tx, work: Work): Promise<bigint[]> {
  const { ids, from, to } = work
  const rows = await tx.$queryRaw<Row[]>`
    update transfer set checker_id = ${to.id}, version = version + 1
    where id = any(${ids}::bigint[]) and checker_id = ${from.id} and state in ('listing', 'handed')
      and ${to.id} not in (officer_id, archivist_id) returning id, number, customer_id as "customerId"`
  await handDeadlinesOn(tx, 'transfer.check', subjects(rows), to.id)
  return told(tx, work, rows)
}

export async function handTakingsOver(tx: Tx, work: Work): Promise<bigint[]> {
  const { ids, from, to } = work
  const rows = await tx.$queryRaw<Row[]>`
    update transfer set archivist_id = ${to.id}, version = version + 1
    where id = any(${ids}::bigint[]) and archivist_id = ${from.id} and state in ('listing', 'handed', 'checked')
      and ${to.id} not in (officer_id, checker_id) returning id, number, customer_id as "customerId"`
  return told(tx, work, rows)
}

const subjects = (rows: Row[]) => rows.map(({ id }) => `transfer:${id}`)

async function told(tx: Tx, { actor, from, to, why }: Work, rows: Row[]): Promise<bigint[]> {
  const items = rows.map(({ id, number, customerId }) => ({
    subject: `customer:${customerId}`,
    detail: {
      before: { part: `transfer:${id}`, owner: from.name },
      after: { transfer: number, owner: to.name },
      why,
    },
  }))
  await auditMany(tx, actor, 'transfer.handed_on', items)
  return rows.map(({ id }) => id)
}
