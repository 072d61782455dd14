import { Prisma } from '../../prisma/client/client.ts'
import type { ContactRecordWay, CustomerGrade } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask } from '../db.ts'
import { conditionsOf, waysIn } from './list-conditions.ts'
import { tabs, type RecordListQuery, type Tab } from './list-forms.ts'
import { recordWaysSql } from './policy.ts'

export const pageSize = 25
/** Counting stops here, as on lists. */
export const countedTo = 1000

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

type Mark = { at: Date; id: bigint }
function markOf(text: string | undefined): Mark | null {
  const [at, id] = text?.split('.') ?? []
  return at && id ? { at: new Date(Number(at)), id: BigInt(id) } : null
}

/** Each way by its own index, no further than one page needs. */
function walkSql(ways: Prisma.Sql[], where: Prisma.Sql, mark: Mark | null, back: boolean, take: number): Prisma.Sql {
  const order = back ? Prisma.sql`asc` : Prisma.sql`desc`
  const than = back ? Prisma.sql`>` : Prisma.sql`<`
  const beyond = mark ? Prisma.sql`(at, id) ${than} (${mark.at}::timestamptz, ${mark.id})` : Prisma.sql`true`
  const each = ways.map(
    (way) => Prisma.sql`(select id, at from contact_record where ${way} and ${where} and ${beyond}
      order by at ${order}, id ${order} limit ${take})`,
  )
  return Prisma.sql`select id from (${Prisma.join(each, ' union ')}) as w order by at ${order}, id ${order} limit ${take}`
}

function countSql(ways: Prisma.Sql[], where: Prisma.Sql): Prisma.Sql {
  const each = ways.map(
    (way) => Prisma.sql`(select id from contact_record where ${way} and ${where} limit ${countedTo + 1})`,
  )
  return Prisma.sql`(select count(*)::int from (select 1 from (${Prisma.join(each, ' union ')}) as w limit ${countedTo + 1}) as n)`
}

/** One page of the records that match, the newest first, by keyset. */
export async function recordsFor(actor: Actor, query: RecordListQuery): Promise<RecordList> {
  const where = await conditionsOf(query)
  const mark = markOf(query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const ways = waysIn(actor, query.tab, 'contact_records.view')
  const names = actor.departmentId === null ? tabs.filter((one) => one !== 'department') : tabs
  const counted = names.map((one) => countSql(waysIn(actor, one, 'contact_records.view'), where))
  const [found, [counts]] = await Promise.all([
    ask<RecordRow>`select ${columnsSql(actor)} from (${walkSql(ways, where, mark, back, pageSize + 1)}) w
      join contact_record r using (id) ${joined} order by r.at desc, r.id desc`,
    ask<{ n: number[] }>`select array[${Prisma.join(counted)}] as n`,
  ])
  const more = found.length > pageSize
  const rows = back ? found.slice(-pageSize) : found.slice(0, pageSize)
  const byTab = names.map((name, at) => ({ name, count: counts!.n[at]! }))
  const [earlier, later] = back ? [more, true] : [mark !== null, more]
  return { rows, earlier, later, tabs: byTab, count: byTab.find(({ name }) => name === query.tab)?.count ?? 0 }
}

/** All that match, a thousand at a time, as far as they may leave the house. */
export async function* everyRecord(actor: Actor, query: RecordListQuery): AsyncGenerator<RecordRow> {
  const where = await conditionsOf(query)
  const ways = waysIn(actor, query.tab, 'visits.export')
  let mark: Mark | null = null
  do {
    const rows: RecordRow[] = await ask<RecordRow>`
      select ${columnsSql(actor)} from (${walkSql(ways, where, mark, false, 1000)}) w
      join contact_record r using (id) ${joined} order by r.at desc, r.id desc`
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

/** Who has recorded what this person sees, for choosing one. */
export function recordersListed(actor: Actor): Promise<{ number: string; name: string }[]> {
  return ask`
    select number, name from staff
    where exists (select 1 from contact_record where owner_id = staff.id and (${Prisma.join(recordWaysSql(actor), ' or ')}))
    order by pinyin, id limit 300`
}
