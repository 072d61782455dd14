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

/**
 * VIS-10, REL-01: what was counted for this day stands no more, or not as a manager's: where it was the last, it is read anew
 * from what remains. Another last contact stays as it is.
 */
export async function recounted(tx: Tx, customerIds: readonly bigint[], on: string): Promise<void> {
  await tx.$executeRaw`
    with asked as (select id from customer where id = any(${[...customerIds]}::bigint[])),
    formal as (
      select r.customer_id, (r.at at time zone 'Asia/Shanghai')::date as day, r.by_manager
      from contact_record r join asked on asked.id = r.customer_id where r.formal
      union all
      select asked.id, v.on_day, v.by_manager from asked join visit v on v.state = 'reported' and v.id in (
        select id from visit where customer_id = asked.id
        union all select visit_id from visit_party where customer_id = asked.id)),
    last as (
      select asked.id, max(day) as day, max(day) filter (where by_manager) as manager_day
      from asked left join formal on formal.customer_id = asked.id group by asked.id)
    update customer set
      contacted_on = case when contacted_on = ${on}::date then last.day else contacted_on end,
      manager_contacted_on = case when manager_contacted_on = ${on}::date then last.manager_day
        else manager_contacted_on end
    from last where last.id = customer.id`
}

/** Whose visit it was: the customer's, and of those who took part. */
export async function customersOf(tx: Tx, visit: { id: bigint; customerId: bigint | null }): Promise<bigint[]> {
  const parties = await tx.visitParty.findMany({ where: { visitId: visit.id }, select: { customerId: true } })
  return [...(visit.customerId === null ? [] : [visit.customerId]), ...parties.map((one) => one.customerId)]
}
