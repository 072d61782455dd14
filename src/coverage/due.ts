import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver, withinSql } from '../access/policy.ts'
import { ask } from '../db.ts'
import { daysOfMonth } from '../lib/months.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { isManager } from '../visits/posts.ts'
import { waysOf } from './conditions.ts'
import { coverageRules, dueOn, figuresOf, latestBasis, type DueBy, type Facts } from './rules.ts'

export type DueCustomer = Facts & {
  id: bigint
  number: string
  name: string
  district: string | null
  address: string | null
  /** By which rules it is due in the month, the first to fall due first. */
  due: DueBy[]
}

/**
 * VIS-10, REL-01: who of one's own is due by the end of a month (2026-12), the longest overdue first; of a manager also
 * the grade-A customers in scope that a manager has to contact. What one cannot meet oneself is not suggested.
 */
export async function dueCustomers(actor: Actor, month: string, limit: number, now: Date): Promise<DueCustomer[]> {
  if (!mayEver(actor, 'coverage.view')) return []
  const figures = figuresOf(await regulationAt(now))
  const manages = isManager(actor.grants.map(({ role }) => role))
  const by = daysOfMonth(month).at(-1)!
  const own = Prisma.sql`owner_id = ${actor.id}`
  const rules = coverageRules.filter((rule) => manages || rule !== 'manager')
  const ways = rules.flatMap((rule) =>
    waysOf(rule, manages ? figures : { ...figures, gradeABy: 'anybody' }).map(
      (
        way,
      ) => Prisma.sql`(select id, (${way.basis} + make_interval(months => ${figures[rule]}::int))::date as due from customer
        where ${way.where} and ${rule === 'manager' ? withinSql(actor, 'coverage.view') : own}
          and ${way.basis} <= ${latestBasis(by, figures[rule])}::date
        order by ${way.basis}, id limit ${limit})`,
    ),
  )
  const rows = await ask<Omit<DueCustomer, 'due'>>`
    with found as (select id, min(due) as due from (${Prisma.join(ways, ' union all ')}) as w group by id order by 2, id limit ${limit})
    select c.id, c.number, c.name, c.grade::text, c.district, c.address, c.contacted_on::text as "contactedOn",
      c.manager_contacted_on::text as "managerContactedOn", (c.created_at at time zone 'Asia/Shanghai')::date::text as "createdOn"
    from found f join customer c using (id) order by f.due, c.id`
  return rows.map((row) => ({
    ...row,
    due: dueOn(row, figures).filter(({ rule, dueOn }) => dueOn <= by && (manages || rule !== 'manager')),
  }))
}
