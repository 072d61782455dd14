import { ask } from '../../db.ts'

/** The next day that was promised; `broken`: an earlier one of the same plan has not come. `amount` in yuan. */
export type Promised = { plan: string; due: string; amount: string; broken: boolean }
type Row = Promised & { id: bigint }

/**
 * CRD-17: of each customer's plan that stands: the next line to come; where none is to come, the last that is broken.
 * What was received since its filing pays its lines by day.
 */
export async function nextPromises(ids: readonly bigint[], today: string): Promise<Map<bigint, Promised>> {
  const rows = await ask<Row>`
    with plan as (
      select distinct on (customer_id) id, customer_id, number, filed_at from repayment_plan
      where customer_id = any(${[...ids]}::bigint[]) and withdrawn_at is null order by customer_id, id desc),
    line as (
      select p.customer_id, p.number, l.due_on, l.amount, sum(l.amount) over (partition by l.plan_id order by l.due_on) > m.received as unpaid
      from plan p join repayment_line l on l.plan_id = p.id
      cross join lateral (select coalesce(sum(net), 0) as received from receipt m where m.customer_id = p.customer_id and net > 0
        and recorded_at >= p.filed_at and received_on >= (p.filed_at at time zone 'Asia/Shanghai')::date) m)
    select distinct on (customer_id) customer_id as id, number as plan, due_on::text as due, amount::text,
      bool_or(due_on < ${today}::date) over (partition by customer_id) as broken
    from line where unpaid order by customer_id, due_on < ${today}::date, due_on`
  return new Map(rows.map(({ id, ...promised }) => [id, promised]))
}
