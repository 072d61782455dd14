import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { namedSql } from '../customers/named.ts'
import { termOf, type Look } from '../customers/search.ts'
import { db } from '../db.ts'
import { monthBounds } from '../lib/months.ts'
import { cleanText } from '../lib/text.ts'
import type { RecordListQuery, Tab } from './list-forms.ts'
import { recordWaysSql } from './policy.ts'

export type RecordAct = 'contact_records.view' | 'visits.export'

/** The ways by which records come into the list, as far as the tab reaches. */
export function waysIn(actor: Actor, tab: Tab, act: RecordAct): Prisma.Sql[] {
  const ways = recordWaysSql(actor, act)
  if (tab === 'all') return ways
  const mine = Prisma.sql`owner_id = ${actor.id}`
  if (tab === 'mine') return act === 'contact_records.view' ? [mine] : ways.map((way) => Prisma.sql`${way} and ${mine}`)
  if (actor.departmentId === null) return [Prisma.sql`false`]
  return ways.map((way) => Prisma.sql`${way} and department_id = ${actor.departmentId}`)
}

export async function conditionsOf({
  q,
  way,
  formal,
  late,
  owner,
  month,
  customer,
}: RecordListQuery): Promise<Prisma.Sql> {
  const [person, about] = await Promise.all([
    owner ? db.staff.findUnique({ where: { number: owner }, select: { id: true } }) : null,
    customer ? db.customer.findUnique({ where: { number: customer }, select: { id: true } }) : null,
  ])
  const parts = [
    ...(way ? [Prisma.sql`way = ${way}::contact_record_way`] : []),
    ...(formal ? [formal === 'yes' ? Prisma.sql`formal` : Prisma.sql`not formal`] : []),
    ...(late ? [late === 'yes' ? Prisma.sql`late` : Prisma.sql`not late`] : []),
    ...(owner ? [Prisma.sql`owner_id = ${person?.id ?? -1n}`] : []),
    ...(customer ? [Prisma.sql`customer_id = ${about?.id ?? -1n}`] : []),
    ...(month ? [monthSql(month)] : []),
    ...soughtSql(q),
  ]
  return parts.length > 0 ? Prisma.join(parts, ' and ') : Prisma.sql`true`
}

function monthSql(month: string): Prisma.Sql {
  const { from, until } = monthBounds(month)
  return Prisma.sql`at >= ${from}::timestamptz and at < ${until}::timestamptz`
}

/** CUS-14: each word typed, in what was said, by whom, or in the customer's name; or the number. */
function soughtSql(typed: string): Prisma.Sql[] {
  const text = cleanText(typed)
  if (/^lx\d{0,12}$/iu.test(text)) return [Prisma.sql`number like ${`${text.toUpperCase()}%`}`]
  return termOf(typed).words.map((looks) => {
    const ways = looks.flatMap(lookedSql)
    return ways.length > 0 ? Prisma.sql`(${Prisma.join(ways, ' or ')})` : Prisma.sql`false`
  })
}

/** PRV-02: by telephones and codes of a customer no record is found. */
function lookedSql(look: Look): Prisma.Sql[] {
  if (look.in === 'phones' || look.in === 'codes') return []
  if (look.in === 'numbers')
    return [Prisma.sql`customer_id in (select id from customer where number like ${look.like})`]
  const grams = Prisma.sql`grams @> ${look.grams}::text[]`
  const said = look.like === null ? grams : Prisma.sql`(${grams} and search_text like ${look.like})`
  return [said, namedSql(look, Prisma.sql`contact_record.customer_id`)]
}
