import { Prisma } from '../../prisma/client/client.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'

type Back = { of: 'loan' | 'copy'; id: bigint; number: string; customerId: bigint }

/** ARC-11, ARC-14: what is taken back, an item from its loan or a copy, is on its way no longer. */
export async function endMovementsOf(tx: Tx, audit: Audit, { of, id, number, customerId }: Back, now: Date) {
  const moved = of === 'loan' ? Prisma.sql`m.loan_id = ${id}` : Prisma.sql`m.copy_id = ${id}`
  const rows = await tx.$queryRaw<{ movement: string; item: string }[]>`
    update movement m set back_at = ${now}::timestamptz, version = m.version + 1 from archive_item i
    where ${moved} and m.back_at is null and i.id = m.item_id returning m.number as movement, i.number as item`
  for (const { movement, item } of rows)
    await audit('movement.back', `customer:${customerId}`, {
      after: { movement, item, what: of === 'copy' ? number : item, ...(of === 'loan' ? { loan: number } : {}) },
    })
}
