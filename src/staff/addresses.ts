import { isEmail } from '../customers/facts.ts'
import type { Tx } from '../db.ts'
import type { Refusal } from '../lib/refused.ts'

/** Notices go to it (CAL-02), so among people at work it must be one person's. */
export async function emailProblems(
  tx: Tx,
  email: string | null,
  id: bigint,
  taken: Refusal['reason'],
): Promise<Refusal[]> {
  if (email === null) return []
  if (!isEmail(email)) return [{ rule: 'CAL-02', reason: 'staff:refused.emailForm', field: 'email' }]
  const other = await tx.staff.findFirst({
    where: { email: { equals: email, mode: 'insensitive' }, state: 'active', id: { not: id } },
    select: { number: true },
  })
  return other ? [{ rule: 'CAL-02', reason: taken, field: 'email', params: { number: other.number } }] : []
}
