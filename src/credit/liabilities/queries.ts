import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import type { LiabilityQuery } from './forms.ts'
import { seenLiabilitiesSql } from './policy.ts'
import type { Bearing } from './rules.ts'

export const pageSize = 50
/** The company among the people; no staff has it for a number. */
export const company = 'company'

export type LiabilityRow = {
  id: bigint
  month: string
  /** Null: the company. */
  person: string | null
  staff: string | null
  part: Bearing
  share: string
  unpaid: string
  amount: string
  /** Still owed of it today. */
  open: string
  release: string
  recordedAt: Date
  /** Where this reader may know of the customer's credit. */
  customer: string | null
  name: string | null
}
export type Sum = { person: string | null; staff: string | null; n: number; amount: string }

const credit = (actor: Actor) =>
  withinSql(actor, 'credit.view', {
    owner: Prisma.sql`r.owner_id`,
    department: Prisma.sql`r.department_id`,
    region: Prisma.sql`r.region_id`,
  })

/** CRD-10: the latest month first; by keyset. Without `most` all of them, for a file. */
export function liabilitiesFor(
  actor: Actor,
  query: LiabilityQuery,
  most: number | null = null,
): Promise<LiabilityRow[]> {
  const mark = Prisma.sql`(select month, id from credit_liability where id = ${query.after || '0'}::bigint)`
  return ask<LiabilityRow>`
    select l.id, to_char(l.month, 'YYYY-MM') as month, s.name as person, s.number as staff, l.part, l.share::text,
      l.unpaid::text, l.amount::text, least(coalesce(g.open, 0), l.unpaid)::text as open, r.number as release,
      l.recorded_at as "recordedAt", case when ${credit(actor)} then c.number end as customer,
      case when ${credit(actor)} then c.name end as name
    from credit_liability l join credit_override o on o.id = l.override_id join release r on r.id = o.release_id
    join customer c on c.id = l.customer_id left join staff s on s.id = l.staff_id
    left join shipment g on g.release_id = r.id
    where ${conditionsOf(actor, query)} and ${query.after ? Prisma.sql`(l.month, l.id) < ${mark}` : Prisma.sql`true`}
    order by l.month desc, l.id desc limit ${most}`
}

/** What each bears of it all. */
export const sumsFor = (actor: Actor, query: LiabilityQuery): Promise<Sum[]> => ask<Sum>`
  select s.name as person, s.number as staff, count(*)::int as n, sum(l.amount)::text as amount
  from credit_liability l left join staff s on s.id = l.staff_id
  where ${conditionsOf(actor, query)} group by s.id order by sum(l.amount) desc, s.id`

function conditionsOf(actor: Actor, { month, who }: LiabilityQuery): Prisma.Sql {
  return Prisma.join(
    [
      seenLiabilitiesSql(actor),
      ...(month ? [Prisma.sql`l.month = ${`${month}-01`}::date`] : []),
      ...(who === company ? [Prisma.sql`l.staff_id is null`] : []),
      ...(who && who !== company ? [Prisma.sql`l.staff_id = (select id from staff where number = ${who})`] : []),
    ],
    ' and ',
  )
}

export type Choices = { months: string[]; people: { staff: string | null; person: string | null }[] }

/** What can be chosen among: of what this reader sees. */
export async function choicesFor(actor: Actor): Promise<Choices> {
  const [months, people] = await Promise.all([
    ask<{ month: string }>`select distinct to_char(l.month, 'YYYY-MM') as month from credit_liability l
      where ${seenLiabilitiesSql(actor)} order by month desc limit 60`,
    ask<{ staff: string | null; person: string | null }>`
      select distinct s.number as staff, s.name as person from credit_liability l left join staff s on s.id = l.staff_id
      where ${seenLiabilitiesSql(actor)} order by person`,
  ])
  return { months: months.map(({ month }) => month), people }
}
