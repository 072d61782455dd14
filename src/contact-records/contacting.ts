import type { Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { contacted } from '../visits/contacted.ts'

type Counted = { customerId: bigint; at: Date; formal: boolean; byManager: boolean }

/** REL-01: a formal contact counts for coverage. */
export async function countContact(tx: Tx, { customerId, at, formal, byManager }: Counted): Promise<void> {
  if (formal) await contacted(tx, [customerId], dateText(at), byManager)
}

/**
 * REL-01: a record that was corrected to another day, or is formal no more, may have been the last contact: then it is
 * read anew from what remains. Another last contact stays as it is.
 */
export async function recountContact(tx: Tx, before: Counted): Promise<void> {
  if (!before.formal) return
  const on = dateText(before.at)
  await tx.$executeRaw`
    with formal as (
      select (at at time zone 'Asia/Shanghai')::date as day, by_manager from contact_record
      where customer_id = ${before.customerId} and formal
      union all
      select on_day, by_manager from visit where state = 'reported' and id in (
        select id from visit where customer_id = ${before.customerId}
        union all select visit_id from visit_party where customer_id = ${before.customerId}))
    update customer set
      contacted_on = case when contacted_on = ${on}::date then (select max(day) from formal) else contacted_on end,
      manager_contacted_on = case when manager_contacted_on = ${on}::date
        then (select max(day) from formal where by_manager) else manager_contacted_on end
    where id = ${before.customerId}`
}
