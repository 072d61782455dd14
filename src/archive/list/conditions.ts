import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { matchingSql } from '../../customers/list/conditions.ts'
import { visibleCustomersSql } from '../../customers/policy.ts'
import { termOf } from '../../customers/search.ts'
import { ask } from '../../db.ts'
import { now } from '../../lib/clock.ts'
import { knownSql, visibleItemsSql } from '../policy.ts'
import type { ItemQuery, Standing } from './forms.ts'
import { daySql, sortOf, tellsMore } from './order.ts'
import { numberIn } from './numbers.ts'
import { placeParts } from './place.ts'

type Named = { id: bigint; name: string }

/** What the numbers in addresses mean, as far as they speak of rooms and keepers. */
export type Names = { rooms: Named[]; keepers: Keeper[] }
/** `busy`: keeps so many files that most items are found on the way. */
type Keeper = Named & { number: string; busy: boolean }

export async function namesIn(actor: Actor, queries: Pick<ItemQuery, 'room' | 'keeper'>[]): Promise<Names> {
  const asked = [...new Set(queries.map(({ keeper }) => (keeper === 'mine' ? actor.number : keeper)))]
  const keepers = asked.filter((one) => one !== '')
  const [rooms, people] = await Promise.all([
    queries.some(({ room }) => room) ? ask<Named>`select id, name from archive_room` : [],
    keepers.length > 0
      ? ask<Keeper>`select id, name, number, (select count(*) > 500 from (
          select from customer_file where keeper_id = staff.id limit 501) as kept) as busy
        from staff where number = any(${keepers}::text[])`
      : [],
  ])
  return { rooms, keepers: people }
}

/**
 * Everything the index must hold, with whose eyes it is seen. ARC-02, wish 16: by what one may not know of an item it is
 * never found and never counted; by its number, mark and keeper it is.
 */
export function conditionsSql(actor: Actor, query: ItemQuery, names: Names, leaving = false): Prisma.Sql {
  const told = [...tellingSql(actor, query)]
  const known = told.length > 0 || tellsMore(sortOf(query)) ? [knownSql(actor, now())] : []
  const parts = [visibleItemsSql(actor), ...(leaving ? [leavingSql(actor)] : []), ...namedSql(actor, query, names)]
  return Prisma.join([...parts, ...writtenSql(actor, query.q), ...told, ...known], ' and ')
}

/** What leaves the house reaches as far as its own act. */
const leavingSql = (actor: Actor) =>
  Prisma.sql`i.customer_id in (select id from customer where ${withinSql(actor, 'archive.registers')})`

/** By what everybody may know of every item. */
function namedSql(actor: Actor, { secrecy, keeper }: ItemQuery, names: Names): Prisma.Sql[] {
  return [
    ...(secrecy ? [Prisma.sql`i.secrecy = ${secrecy}::secrecy_level`] : []),
    ...(keeper ? [keptBySql(keeper === 'mine' ? actor.number : keeper, names)] : []),
  ]
}

/** The item's own keeper, else that of its file: of few by their indexes, of many on the way through all. */
function keptBySql(number: string, { keepers }: Names): Prisma.Sql {
  const keeper = keepers.find((one) => one.number === number)
  if (!keeper) return Prisma.sql`false`
  const { id, busy } = keeper
  if (busy) return Prisma.sql`coalesce(i.keeper_id, (select keeper_id from customer_file where id = i.file_id)) = ${id}`
  return Prisma.sql`i.id = any(array(select id from archive_item where keeper_id = ${id} union all
    select kept.id from customer_file kf join archive_item kept on kept.file_id = kf.id and kept.keeper_id is null
    where kf.keeper_id = ${id}))`
}

/** A number begins with DA and is everybody's to know; a word of a title is not. */
function writtenSql(actor: Actor, typed: string): Prisma.Sql[] {
  const number = numberIn(typed)
  if (number) return [Prisma.sql`i.number like ${`${number}%`}`]
  const words = titleSql(typed)
  return words.length > 0 ? [...words, knownSql(actor, now())] : []
}

/** CUS-14: every word typed must be found in the title, by its characters, its initials or its syllables. */
export function titleSql(typed: string): Prisma.Sql[] {
  return termOf(typed).words.map((looks) => {
    const ways = looks.flatMap((look) => {
      if (look.in !== 'names') return []
      const grams = Prisma.sql`i.grams @> ${look.grams}::text[]`
      return [look.like === null ? grams : Prisma.sql`(${grams} and i.search_text like ${look.like})`]
    })
    return ways.length > 0 ? Prisma.sql`(${Prisma.join(ways, ' or ')})` : Prisma.sql`false`
  })
}

/** By what tells something of an item that not everybody may know. */
function tellingSql(actor: Actor, query: ItemQuery): Prisma.Sql[] {
  const { customer, type, state, room, place, medium, retention, from, to } = query
  return [
    ...customerSql(actor, customer),
    ...(type ? [Prisma.sql`i.type = ${type}::item_type`] : []),
    ...(state ? [standingSql(state)] : []),
    ...(room || place ? [placedSql(room, place)] : []),
    ...(medium ? [Prisma.sql`i.medium = ${medium}::item_medium`] : []),
    ...(retention ? [Prisma.sql`i.retention = ${retention}::retention`] : []),
    // As the index of that order has it.
    ...(from ? [Prisma.sql`${daySql} >= ${from}::date`] : []),
    ...(to ? [Prisma.sql`${daySql} <= ${to}::date and ${daySql} > '0001-01-01'::date`] : []),
  ]
}

function customerSql(actor: Actor, typed: string): Prisma.Sql[] {
  const words = matchingSql(typed)
  if (words.length === 0) return []
  const where = Prisma.join([visibleCustomersSql(actor), ...words], ' and ')
  return [Prisma.sql`i.customer_id in (select id from customer where ${where})`]
}

function placedSql(room: string, typed: string): Prisma.Sql {
  const parts = typed === '' ? [] : placeParts(typed)
  if (parts === null) return Prisma.sql`false`
  const columns = [Prisma.sql`cabinet`, Prisma.sql`shelf`, Prisma.sql`position`]
  const where = [
    ...(room ? [Prisma.sql`room_id = ${BigInt(room)}`] : []),
    ...parts.map((n, at) => Prisma.sql`${columns[at]!} = ${n}`),
  ]
  return Prisma.sql`i.place_id in (select id from archive_place where ${Prisma.join(where, ' and ')})`
}

// Those out at any time are few: held as a list they are looked up, where a join would walk through all items.
const open = Prisma.sql`select item_id from loan where returned_at is null`

function standingSql(state: Standing): Prisma.Sql {
  if (state === 'on_loan') return Prisma.sql`i.id = any(array(${open}))`
  if (state === 'overdue') return Prisma.sql`i.id = any(array(${open} and due_at < ${now()}::timestamptz))`
  if (state === 'copied') return Prisma.sql`i.id = any(array(select item_id from numbered_copy where state = 'out'))`
  if (state !== 'in_place') return Prisma.sql`(i.state = ${state}::item_state and i.state <> 'in_place')`
  return Prisma.sql`(i.state = 'in_place'
    and not exists (select from loan l where l.item_id = i.id and l.returned_at is null))`
}
