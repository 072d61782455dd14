import type { Tx } from '../db.ts'

/**
 * VIS-10, REL-01: a formal contact with these customers on this day (2026-11-24). Which was the last, and which a
 * manager's, is kept with the customer, so that who is due is found at any size. An earlier day than known changes nothing.
 */
export async function contacted(tx: Tx, customerIds: readonly bigint[], on: string, byManager: boolean): Promise<void> {
  await tx.$executeRaw`
    update customer set contacted_on = greatest(contacted_on, ${on}::date),
      manager_contacted_on = case when ${byManager} then greatest(manager_contacted_on, ${on}::date) else manager_contacted_on end
    where id = any(${[...customerIds]}::bigint[])`
}
