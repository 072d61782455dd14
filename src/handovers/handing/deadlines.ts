import { auditMany, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Refused } from '../../lib/refused.ts'
import type { Party, Work } from '../kinds.ts'

type Row = { id: bigint; subject: string; kind: string }

/** Clocks that run for the person themselves; when they are due does not change. */
export async function handDeadlines(tx: Tx, _audit: Audit, { actor, ids, from, to, why }: Work): Promise<bigint[]> {
  await refuseAccused(tx, ids, to)
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

/** CMP-03: nobody gets the clock of a complaint about themselves. */
async function refuseAccused(tx: Tx, ids: bigint[], to: Party): Promise<void> {
  const [about] = await tx.$queryRaw<{ number: string }[]>`
    select k.number from deadline d join complaint k on 'complaint:' || k.id = d.subject
    where d.id = any(${ids}::bigint[]) and ${to.id} = any(k.accused) limit 1`
  if (!about) return
  const params = { name: to.name, number: about.number }
  throw new Refused([{ rule: 'CMP-03', reason: 'complaints:refused.handOverAccused', field: 'to', params }])
}
