import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { withinSql } from '../access/policy.ts'
import { searchable, termOf, type Look } from '../customers/search.ts'
import { monthAfter } from '../lib/months.ts'
import type { NoteQuery } from './forms.ts'
import { quarterDays } from './quarters.ts'

type Asked = Omit<NoteQuery, 'after'>

/** Which notes exist for this person, over the columns of `market_note`; what leaves the house reaches as far as its act. */
export function visibleNotesSql(actor: Actor, leaving = false): Prisma.Sql {
  const seen = Prisma.sql`withdrawn_at is null and ${withinSql(actor, 'market_notes.view')}`
  return leaving ? Prisma.sql`${seen} and ${withinSql(actor, 'visits.export')}` : seen
}

/** What a note is about, for comparing: spaces (of any kind they are kept as one) and capitals make no other competitor. */
export const aboutKeySql = (about: Prisma.Sql) => Prisma.sql`replace(lower(${about}), ' ', '')`

/** VIS-13: the conditions of the list and of every figure that leads to it, over the columns of `market_note`. */
export function conditionsSql(actor: Actor, query: Asked, leaving = false): Prisma.Sql {
  const { q, quarter, month, kind, about, department, region, person } = query
  const days = quarter ? quarterDays(quarter) : null
  const parts = [
    visibleNotesSql(actor, leaving),
    ...wordsSql(q),
    ...(days ? [Prisma.sql`noted_on >= ${days.from}::date and noted_on < ${days.until}::date`] : []),
    ...(month
      ? [Prisma.sql`noted_on >= ${`${month}-01`}::date and noted_on < ${`${monthAfter(month, 1)}-01`}::date`]
      : []),
    ...(kind ? [Prisma.sql`kind = ${kind}::market_note_kind`] : []),
    ...(about ? [aboutSql(about)] : []),
    ...(department ? [placeSql(Prisma.sql`department_id`, department)] : []),
    ...(region ? [placeSql(Prisma.sql`region_id`, region)] : []),
    ...(person ? [Prisma.sql`owner_id = (select id from staff where number = ${person})`] : []),
  ]
  return Prisma.join(parts, ' and ')
}

const placeSql = (column: Prisma.Sql, place: string) =>
  place === 'none' ? Prisma.sql`${column} is null` : Prisma.sql`${column} = ${BigInt(place)}`

/** By its pieces first, as they are indexed. */
function aboutSql(about: string): Prisma.Sql {
  const { grams } = searchable([{ text: about, as: 'plain' }])
  return Prisma.sql`(grams @> ${grams}::text[] and about is not null
    and ${aboutKeySql(Prisma.sql`about`)} = ${aboutKeySql(Prisma.sql`${about}::text`)})`
}

/** CUS-14: every word typed must be found in one of the ways in which it can be meant. */
function wordsSql(typed: string): Prisma.Sql[] {
  return termOf(typed).words.map((looks) => {
    const ways = looks.flatMap(lookedSql)
    return ways.length > 0 ? Prisma.sql`(${Prisma.join(ways, ' or ')})` : Prisma.sql`false`
  })
}

function lookedSql(look: Look): Prisma.Sql[] {
  if (look.in === 'numbers')
    return [Prisma.sql`customer_id in (select id from customer where number like ${look.like})`]
  if (look.in !== 'names') return []
  const grams = Prisma.sql`grams @> ${look.grams}::text[]`
  return [look.like === null ? grams : Prisma.sql`(${grams} and search_text like ${look.like})`]
}
