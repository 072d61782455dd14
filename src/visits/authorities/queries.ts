import { ask, type Tx } from '../../db.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { AuthorityKind } from '../../../prisma/client/enums.ts'
import { doneProblems, type Done } from './rules.ts'

export type Authority = {
  id: bigint
  kind: AuthorityKind
  upTo: string | null
  what: string
  grantedAt: Date
  grantedBy: string
  withdrawnAt: Date | null
}

/** VIS-15: what was granted for a visit, and what of it was withdrawn again. */
export const authoritiesOf = ({ id }: { id: bigint }) =>
  ask<Authority>`
    select a.id, a.kind::text, a.up_to::text as "upTo", a.what, a.granted_at as "grantedAt", s.name as "grantedBy",
      a.withdrawn_at as "withdrawnAt"
    from visit_authority a join staff s on s.id = a.granted_by_id where a.visit_id = ${id} order by a.id`

/** What holds now, within a change. */
export async function heldOf(tx: Pick<Tx, 'visitAuthority'>, { id }: { id: bigint }) {
  const found = await tx.visitAuthority.findMany({ where: { visitId: id, withdrawnAt: null }, orderBy: { id: 'asc' } })
  return found.map(({ kind, upTo, ...row }) => ({ ...row, kind, upTo: upTo?.toFixed(2) ?? null }))
}

/**
 * VIS-15: what stands against entering from this visit that a contract was signed or money taken; `moneyTaken` in yuan,
 * two decimals. For the report, and for every receipt or contract that comes from a visit.
 */
export const authorityProblems = async (
  tx: Pick<Tx, 'visitAuthority'>,
  visit: { id: bigint; ownerId: bigint },
  done: Done,
): Promise<Refusal[]> => {
  // PPL-02: a visit may have been handed on to whoever gave leave for it: nobody has leave by their own word.
  const held = (await heldOf(tx, visit)).filter(({ grantedById }) => grantedById !== visit.ownerId)
  return doneProblems(held, done)
}
