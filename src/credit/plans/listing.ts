import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import type { PlansQuery } from './forms.ts'
import { moneyOf } from './queries.ts'

export type LineRow = {
  plan: string
  n: number
  due: string
  amount: string
  customer: string
  name: string
  owner: string | null
  promisedBy: string | null
  withdrawn: boolean
  /** Up to this line, in fen. */
  promised: bigint
  inTime: bigint
  received: bigint
}
export const pageSize = 25
const daysAhead = 7

const replaced = Prisma.sql`exists (select from repayment_plan x where x.customer_id = p.customer_id and x.id > p.id)`

/** One page of the lines of plans: due within the week, broken, or all, by keyset. */
export async function linesFor(
  actor: Actor,
  query: PlansQuery,
  now: Date,
): Promise<{ rows: LineRow[]; more: boolean }> {
  const today = dateText(now)
  const whose = {
    owner: Prisma.sql`c.owner_id`,
    department: Prisma.sql`c.department_id`,
    region: Prisma.sql`c.region_id`,
  }
  const down = query.tab === 'all'
  const [way, than] = down ? [Prisma.sql`desc`, Prisma.sql`<`] : [Prisma.sql`asc`, Prisma.sql`>`]
  const [number = '', n = '0'] = query.after.split('-')
  const beyond = query.after
    ? Prisma.sql`and (l.due_on, l.plan_id, l.n) ${than} (select due_on, plan_id, n from repayment_line
        where plan_id = (select id from repayment_plan where number = ${number}) and n = ${Number(n)})`
    : Prisma.empty
  const rows = await ask<LineRow>`
    select p.number as plan, l.n, l.due_on::text as due, l.amount::text, c.number as customer, c.name, s.name as owner,
      p.promised_by as "promisedBy", p.withdrawn_at is not null as withdrawn, a.promised, m."inTime", m.received
    from repayment_line l join repayment_plan p on p.id = l.plan_id join customer c on c.id = p.customer_id
    left join staff s on s.id = c.owner_id
    cross join lateral (select (sum(amount) * 100)::bigint as promised from repayment_line
      where plan_id = l.plan_id and due_on <= l.due_on) a
    cross join lateral (select coalesce(sum(net) filter (where received_on <= l.due_on) * 100, 0)::bigint as "inTime",
        coalesce(sum(net) * 100, 0)::bigint as received from receipt m where ${moneyOf}) m
    where c.withdrawn_at is null and ${withinSql(actor, 'credit.view', whose)} and ${tabSql(query.tab, today)}
      ${query.customer ? Prisma.sql`and c.number = ${query.customer}` : Prisma.empty} ${beyond}
    order by l.due_on ${way}, l.plan_id ${way}, l.n ${way} limit ${pageSize + 1}`
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize }
}

function tabSql(tab: PlansQuery['tab'], today: string): Prisma.Sql {
  const standing = Prisma.sql`p.withdrawn_at is null and not ${replaced} and m.received < a.promised`
  if (tab === 'due')
    return Prisma.sql`l.due_on between ${today}::date and ${today}::date + ${daysAhead}::int and ${standing}`
  return tab === 'broken' ? Prisma.sql`l.due_on < ${today}::date and ${standing}` : Prisma.sql`true`
}
