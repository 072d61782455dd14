import { Prisma } from '../../prisma/client/client.ts'
import type { ContactRecordWay, CustomerGrade } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { withinSql } from '../access/policy.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask } from '../db.ts'
import { conditionsOf, waysIn } from './list-conditions.ts'
import { tabs, type RecordListQuery, type Tab } from './list-forms.ts'
import { recordWaysSql } from './policy.ts'
import { beyondSql, countedTo, hitsSql, markOf, orderSql, walkSql, type Held, type Mark, type Place } from './walks.ts'

export { countedTo }

export const pageSize = 25

export type RecordRow = {
  id: bigint
  number: string
  at: Date
  way: ContactRecordWay
  incoming: boolean
  formal: boolean
  late: boolean
  person: string | null
  content: string
  result: string
  nextStep: string | null
  nextOn: string | null
  owner: string
  recordedAt: Date
  /** PRV-02: the name always, the number only of a customer in scope. */
  customer: string
  customerNumber: string | null
  grade: CustomerGrade | null
}

export type RecordList = {
  rows: RecordRow[]
  earlier: boolean
  later: boolean
  count: number
  tabs: { name: Tab; count: number }[]
}

const columnsSql = (actor: Actor) => Prisma.sql`r.id, r.number, r.at, r.way::text, r.incoming, r.formal, r.late,
  concat_ws('、', p.name, r.person) as person, r.content, r.result, r.next_step as "nextStep", r.next_on::text as "nextOn",
  r.recorded_at as "recordedAt", (select name from staff where id = r.owner_id) as owner, k.name as customer, k.grade::text,
  (select number from customer where id = r.customer_id and ${visibleCustomersSql(actor)}) as "customerNumber"`
const joined = Prisma.sql`join customer k on k.id = r.customer_id left join contact p on p.id = r.contact_id`

const walked = (actor: Actor, held: Held, place: Place) =>
  ask<RecordRow>`select ${columnsSql(actor)} from (${walkSql(held, place)}) w
    join contact_record r using (id) ${joined} order by r.at desc, r.id desc`

/** Few are counted and sorted in one go; only where there are many an index is walked, by a statement of its own. */
async function listed(actor: Actor, held: Held, place: Place): Promise<{ rows: RecordRow[]; count: number }> {
  const few = await ask<RecordRow & { count: number }>`
    with hits as materialized (${hitsSql(held)}), n as materialized (select count(*)::int as n from hits),
      page as (select id from hits join contact_record using (id)
        where (select n from n) <= ${countedTo} and ${beyondSql(place)} order by ${orderSql(place)} limit ${place.take})
    select n.n as count, one.* from n left join (
      select ${columnsSql(actor)} from page join contact_record r using (id) ${joined}) one on true
    order by one.at desc, one.id desc`
  const { count } = few[0]!
  if (count <= countedTo) return { count, rows: few.filter(({ id }) => id !== null) }
  return { count, rows: await walked(actor, held, place) }
}

/** How many the tabs beside this one hold, each to a thousand. */
async function countsOf(actor: Actor, names: readonly Tab[], where: Prisma.Sql): Promise<number[]> {
  const counts = names.map((name) => {
    const held = { ways: waysIn(actor, name, 'contact_records.view'), where }
    return Prisma.sql`(select count(*)::int from (${hitsSql(held)}) as found)`
  })
  const [row] = await ask<{ n: number[] }>`select array[${Prisma.join(counts)}]::int[] as n`
  return row!.n
}

/** One page of the records that match, the newest first, by keyset. */
export async function recordsFor(actor: Actor, query: RecordListQuery): Promise<RecordList> {
  const where = await conditionsOf(query)
  const mark = markOf(query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const held = { ways: waysIn(actor, query.tab, 'contact_records.view'), where }
  const names = actor.departmentId === null ? tabs.filter((one) => one !== 'department') : tabs
  const beside = names.filter((one) => one !== query.tab)
  const [found, counts] = await Promise.all([
    listed(actor, held, { mark, back, take: pageSize + 1 }),
    countsOf(actor, beside, where),
  ])
  const more = found.rows.length > pageSize
  const rows = back ? found.rows.slice(-pageSize) : found.rows.slice(0, pageSize)
  const byTab = names.map((name) => ({ name, count: name === query.tab ? found.count : counts[beside.indexOf(name)]! }))
  const [earlier, later] = back ? [more, true] : [mark !== null, more]
  return { rows, earlier, later, tabs: byTab, count: found.count }
}

/** All that match, a thousand at a time, as far as they may leave the house. */
export async function* everyRecord(actor: Actor, query: RecordListQuery): AsyncGenerator<RecordRow> {
  const where = await conditionsOf(query)
  const ways = waysIn(actor, query.tab, 'visits.export')
  let mark: Mark | null = null
  do {
    const rows: RecordRow[] = await walked(actor, { ways, where }, { mark, back: false, take: 1000 })
    yield* rows
    const last = rows.at(-1)
    mark = rows.length === 1000 && last ? { at: last.at, id: last.id } : null
  } while (mark)
}

export type RecordsOf = { rows: RecordRow[]; count: number }

/** The newest of a customer, to whoever sees them, and how many there are. */
export async function recordsOf(actor: Actor, { id }: { id: bigint }, take: number): Promise<RecordsOf> {
  const visible = Prisma.sql`(${Prisma.join(recordWaysSql(actor), ' or ')})`
  const where = Prisma.sql`customer_id = ${id} and ${visible}`
  const rows = await ask<RecordRow & { count: number }>`
    select ${columnsSql(actor)}, (select count(*)::int from (select 1 from contact_record where ${where} limit ${countedTo + 1}) n) as count
    from (select * from contact_record where ${where} order by at desc, id desc limit ${take}) r ${joined}
    order by r.at desc, r.id desc`
  return { rows, count: rows[0]?.count ?? 0 }
}

/** For choosing one: who has recorded, of what this person sees; of a place its people, and who recorded there lately. */
export function recordersListed(actor: Actor, now: Date): Promise<{ number: string; name: string }[]> {
  const ways = recordWaysSql(actor)
  const lately = Prisma.sql`at >= ${now}::timestamptz - interval '3 months'`
  const theirs = ways.map((way) => Prisma.sql`select owner_id from contact_record where ${way} and ${lately}`)
  // Who sees all finds each by one look into the index.
  const found =
    ways[0]!.sql === 'true'
      ? Prisma.sql`exists (select 1 from contact_record where owner_id = staff.id)`
      : Prisma.sql`(${withinSql(actor, 'contact_records.view', ofStaff)} or id in (${Prisma.join(theirs, ' union ')}))`
  return ask`
    select number, name from staff where ${found}
    order by pinyin, id limit 300`
}

const ofStaff = {
  owner: Prisma.sql`staff.id`,
  department: Prisma.sql`staff.department_id`,
  region: Prisma.sql`null::bigint`,
}
