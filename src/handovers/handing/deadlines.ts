import { auditMany, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import type { Work } from '../kinds.ts'

type Row = { id: bigint; subject: string; kind: string }

/** Clocks that run for the person themselves; when they are due does not change. */
export async function handDeadlines(tx: Tx, _audit: Audit, { actor, ids, from, to, why }: Work): Promise<bigint[]> {
  const rows = await tx.$queryRaw<Row[]>`
    update deadline set owner_id = ${to.id}
    where id = any(${ids}::bigint[]) and owner_id = ${from.id} and met_at is null and cancelled_at is null
    returning id, coalesce('customer:' || customer_id, subject) as subject, kind`
  const items = rows.map(({ subject, kind }) => ({
    subject,
    detail: { before: { owner: from.name, part: `deadline:${kind}` }, after: { owner: to.name, deadline: kind }, why },
  }))
  await auditMany(tx, actor, 'handover.deadline', items)
  return rows.map(({ id }) => id)
}
