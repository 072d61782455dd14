import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { escapeLike, termOf, type Look } from '../customers/search.ts'
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
  const seen = Prisma.sql`(${Prisma.join(ways, ' or ')})`
  if (tab === 'mine') return [Prisma.sql`owner_id = ${actor.id} and ${seen}`]
  return [
    actor.departmentId === null ? Prisma.sql`false` : Prisma.sql`department_id = ${actor.departmentId} and ${seen}`,
  ]
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

/** Each word in the number, in what was said, or in the customer's name (CUS-14). */
function soughtSql(typed: string): Prisma.Sql[] {
  const text = cleanText(typed)
  if (text === '') return []
  if (/^lx\d{0,12}$/iu.test(text)) return [Prisma.sql`number like ${`${text.toUpperCase()}%`}`]
  const { words } = termOf(typed)
  const looks = words.flat().flatMap((look) => lookedSql(look))
  const said = `%${escapeLike(text)}%`
  const inWords = Prisma.sql`(content ilike ${said} or result ilike ${said} or person ilike ${said})`
  return [Prisma.sql`(${Prisma.join([inWords, ...looks], ' or ')})`]
}

function lookedSql(look: Look): Prisma.Sql[] {
  if (look.in === 'numbers')
    return [Prisma.sql`customer_id in (select id from customer where number like ${look.like})`]
  if (look.in !== 'names') return []
  const like = look.like === null ? Prisma.sql`true` : Prisma.sql`search_text like ${look.like}`
  return [Prisma.sql`customer_id in (select id from customer where grams @> ${look.grams}::text[] and ${like})`]
}
