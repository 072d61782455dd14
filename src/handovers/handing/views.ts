import { auditMany, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import type { Work } from '../kinds.ts'

/** CUS-14: a view that everybody uses stays; where its new keeper has one of that name, it says whose it was. */
export async function handViews(tx: Tx, _audit: Audit, { actor, ids, from, to, why }: Work): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint; name: string }[]>`
    update saved_view v set staff_id = ${to.id}, name = case
      when exists (select from saved_view o where o.staff_id = ${to.id} and o.name = v.name)
        then left(v.name, 30) || ' · ' || ${from.name} || ' ' || v.id else v.name end
    where id = any(${ids}::bigint[]) and staff_id = ${from.id} and shared returning id, name`
  const items = rows.map(({ id, name }) => ({
    subject: `view:${id}`,
    detail: { before: { owner: from.name }, after: { owner: to.name, name }, why },
  }))
  await auditMany(tx, actor, 'handover.view', items)
  return rows.map(({ id }) => id)
}
