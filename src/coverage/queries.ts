import { Prisma } from '../../prisma/client/client.ts'
import { VisitPlanState, type CustomerGrade } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { visibleRecordsSql } from '../contact-records/policy.ts'
import { ask, db } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { monthOf } from '../lib/months.ts'
import { visibleVisitsSql } from '../visits/policy.ts'
import { isBeingPlanned } from '../visits/states.ts'
import { conditionsSql, knownFor, placesSql, spanSql, waysOf, type CoverageAct, type Known } from './conditions.ts'
import { countsOf } from './counting.ts'
import type { CoverageQuery, Span } from './forms.ts'
import { daysOver, dueAfter, type CoverageRule, type Facts } from './rules.ts'

export { countedTo } from './counting.ts'
export { dueCustomers, type DueCustomer } from './due.ts'
export { sharesFor, type Share } from './shares.ts'

export const pageSize = 25

export type CoverageRow = Placed &
  Pick<Facts, 'contactedOn' | 'managerContactedOn'> & {
    id: bigint
    number: string
    name: string
    grade: CustomerGrade | null
    owner: string | null
    basis: string
    dueOn: string
    over: number
    /** Where the last contact, and a manager's last, is to be read, for who sees that. */
    visit: string | null
    record: string | null
    managerVisit: string | null
    managerRecord: string | null
  }

export type CoverageList = {
  rows: CoverageRow[]
  earlier: boolean
  later: boolean
  /** Of the list, and of each rule and span beside it. */
  count: number
  rules: Record<CoverageRule, number>
  spans: Record<Span, number>
  known: Known
  /** The number of one's own plan that is being made. */
  planAt: string | null
}

type Mark = { basis: string; id: bigint }

function markOf(text: string | undefined): Mark | null {
  const [basis, id] = text?.split('.') ?? []
  return basis && id ? { basis, id: BigInt(id) } : null
}

/** One page of who is due, the longest overdue first, by keyset. */
export async function coverageFor(actor: Actor, query: CoverageQuery, now: Date): Promise<CoverageList> {
  const known = await knownFor(query, now)
  const mark = markOf(query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const [found, counts, planAt] = await Promise.all([
    rowsOf(actor, query, known, { mark, back, take: pageSize + 1 }, now),
    countsOf(actor, query, known, now),
    planBegun(actor, now),
  ])
  const more = found.length > pageSize
  const rows = found.slice(0, pageSize)
  if (back) rows.reverse()
  const [earlier, later] = back ? [more, true] : [mark !== null, more]
  return { rows, earlier, later, ...counts, known, planAt }
}

/** VIS-01: the plan into which another visit can be put, the last begun first. */
async function planBegun(actor: Actor, now: Date): Promise<string | null> {
  const states = Object.values(VisitPlanState).filter(isBeingPlanned)
  const found = await db.visitPlan.findFirst({
    where: { ownerId: actor.id, state: { in: states }, month: { gte: dayOf(`${monthOf(now)}-01`) } },
    orderBy: { month: 'desc' },
    select: { number: true },
  })
  return found?.number ?? null
}

type Asked = { mark: Mark | null; back: boolean; take: number }

async function rowsOf(actor: Actor, query: CoverageQuery, known: Known, { mark, back, take }: Asked, now: Date) {
  const order = back ? Prisma.sql`desc` : Prisma.sql`asc`
  const than = back ? Prisma.sql`<` : Prisma.sql`>`
  const { figures } = known
  const places = placesSql(actor, query, known)
  const walked = waysOf(query.rule, figures).flatMap((way) => {
    const beyond = mark ? Prisma.sql`(${way.basis}, id) ${than} (${mark.basis}::date, ${mark.id})` : Prisma.sql`true`
    return places.map(
      (place) => Prisma.sql`(select id, ${way.basis} as basis from customer
        where ${way.where} and ${place} and ${spanSql(way, query, figures, now)} and ${beyond}
        order by ${way.basis} ${order}, id ${order} limit ${take})`,
    )
  })
  const rows = await ask<CoverageRow>`
    with page as materialized (select * from (${Prisma.join(walked, ' union all ')}) as due order by basis ${order}, id ${order} limit ${take})
    select ${columnsSql(actor)} from page p join customer c using (id) order by p.basis ${order}, c.id ${order}`
  return rows.map((row) => timed(row, query.rule, known, now))
}

function timed<R extends { basis: string }>(row: R, rule: CoverageRule, { figures }: Known, now: Date) {
  const due = dueAfter(row.basis, figures[rule])
  return { ...row, dueOn: due, over: daysOver(due, dateText(now)) }
}

const columnsSql = (actor: Actor) => Prisma.sql`c.id, c.number, c.name, c.grade::text, c.owner_id as "ownerId",
  c.department_id as "departmentId", c.region_id as "regionId", c.contacted_on::text as "contactedOn",
  c.manager_contacted_on::text as "managerContactedOn", p.basis::text as basis,
  (select name from staff where id = c.owner_id) as owner,
  ${visitOn(actor, Prisma.sql`c.contacted_on`)} as visit, ${recordOn(actor, Prisma.sql`c.contacted_on`)} as record,
  ${visitOn(actor, Prisma.sql`c.manager_contacted_on`, true)} as "managerVisit",
  ${recordOn(actor, Prisma.sql`c.manager_contacted_on`, true)} as "managerRecord"`

/** The visit of that day, also one in which the customer took part beside another. */
const visitOn = (actor: Actor, on: Prisma.Sql, manager = false) => {
  // Not `=`: a customer's visits are few, and all of a day would be gathered beside them.
  const seen = Prisma.sql`state = 'reported' and on_day is not distinct from ${on} and ${manager ? Prisma.sql`by_manager` : Prisma.sql`true`}
    and ${visibleVisitsSql(actor)}`
  return Prisma.sql`case when ${on} is not null then (
    select number from (
      select number, starts_at from visit where customer_id = c.id and ${seen}
      union all
      select number, starts_at from visit where id in (select visit_id from visit_party where customer_id = c.id) and ${seen}) as v
    order by starts_at desc limit 1) end`
}

const recordOn = (actor: Actor, on: Prisma.Sql, manager = false) => Prisma.sql`case when ${on} is not null then (
  select number from contact_record where customer_id = c.id and formal and (at at time zone 'Asia/Shanghai')::date = ${on}
    and ${manager ? Prisma.sql`by_manager` : Prisma.sql`true`} and ${visibleRecordsSql(actor)} order by at desc limit 1) end`

/** All that a list holds, a thousand at a time, as far as it may leave the house. */
export async function* everyDue(actor: Actor, query: CoverageQuery, now: Date, act: CoverageAct) {
  const known = await knownFor(query, now)
  const where = conditionsSql(actor, query, known, act)
  let mark: Mark | null = null
  do {
    const walked = waysOf(query.rule, known.figures).map(
      (way) => Prisma.sql`(select id, ${way.basis} as basis from customer
        where ${way.where} and ${where} and ${spanSql(way, query, known.figures, now)}
          and (${way.basis}, id) > (${mark?.basis ?? '0001-01-01'}::date, ${mark?.id ?? 0n})
        order by ${way.basis}, id limit 1000)`,
    )
    const rows: CoverageRow[] = await ask<CoverageRow>`
      with page as materialized (select * from (${Prisma.join(walked, ' union all ')}) as due order by basis, id limit 1000)
      select ${columnsSql(actor)} from page p join customer c using (id) order by p.basis, c.id`
    for (const row of rows) yield timed(row, query.rule, known, now)
    const last = rows.at(-1)
    mark = rows.length === 1000 && last ? { basis: last.basis, id: last.id } : null
  } while (mark)
}
