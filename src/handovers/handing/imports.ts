import { auditMany, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import type { Work } from '../kinds.ts'

/** CUS-15: an import that is not finished goes on as another's. */
export async function handImports(tx: Tx, _audit: Audit, { actor, ids, from, to, why }: Work): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint; number: string }[]>`
    update customer_import set owner_id = ${to.id}
    where id = any(${ids}::bigint[]) and owner_id = ${from.id} and state in ('mapping', 'waiting', 'running', 'failed', 'undoing')
    returning id, number`
  const items = rows.map(({ id, number }) => ({
    subject: `import:${id}`,
    detail: { before: { owner: from.name }, after: { owner: to.name, number }, why },
  }))
  await auditMany(tx, actor, 'handover.import', items)
  return rows.map(({ id }) => id)
}
