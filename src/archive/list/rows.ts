import { Prisma } from '../../../prisma/client/client.ts'
import type { ItemMedium, ItemState, ItemType, Retention, SecrecyLevel } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { now } from '../../lib/clock.ts'
import { knownSql } from '../policy.ts'
import { beyondSql, daySql, orderSql, soundSql, type Mark, type Order } from './order.ts'

/** What of an item stands in the index for whoever may know it. */
type Told = {
  title: string
  customer: { number: string; name: string }
  type: ItemType
  state: ItemState
  place: { room: string; cabinet: number; shelf: number; position: number } | null
  pages: number
  copies: number
  datedOn: string | null
  medium: ItemMedium
  volume: { n: number; title: string }
  retention: Retention
  retainUntil: string | null
  remark: string | null
  loan: { borrower: string; dueAt: string } | null
  copiesOut: number
}

/** ARC-02: number, mark and keeper, which everybody sees; the rest is null where it is not this person's to know. */
export type IndexRow = { id: bigint; number: string; secrecy: SecrecyLevel; keeper: string; told: Told | null }

/** Counting stops here: an exact count of half a million would cost more than the page (performance.md, trap 4). */
export const countedTo = 1000

const toldSql = Prisma.sql`json_build_object('title', i.title,
  'customer', json_build_object('number', c.number, 'name', c.name), 'type', i.type, 'state', i.state,
  'place', (select json_build_object('room', r.name, 'cabinet', p.cabinet, 'shelf', p.shelf, 'position', p.position)
    from archive_place p join archive_room r on r.id = p.room_id where p.id = i.place_id),
  'pages', i.pages, 'copies', i.copies, 'datedOn', i.dated_on, 'medium', i.medium,
  'volume', json_build_object('n', v.n, 'title', v.title), 'retention', i.retention, 'retainUntil', i.retain_until,
  'remark', i.remark,
  'loan', (select json_build_object('borrower', b.name, 'dueAt', l.due_at) from loan l join staff b on b.id = l.borrower_id
    where l.item_id = i.id and l.returned_at is null),
  'copiesOut', (select count(*) from numbered_copy where item_id = i.id and state = 'out'))`

/** What a row of the index tells, of `archive_item as i`: what is not to be known does not leave the database. */
export function columnsSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`i.id, i.number, i.secrecy::text, k.name as keeper,
    case when ${knownSql(actor, now())} then ${toldSql} end as told`
}

export const joinsSql = Prisma.sql`
  join customer_file f on f.id = i.file_id join customer c on c.id = i.customer_id
  join volume v on v.id = i.volume_id join staff k on k.id = coalesce(i.keeper_id, f.keeper_id)`

export const markSql = Prisma.sql`i.id, i.number, ${soundSql} as sound, ${daySql}::text as day`

/**
 * `hits` and `n`, what matches and how many (to 1,000), for `pageSql`. Up to 1,000 the matches are held and sorted;
 * beyond, an index is walked, as the list of customers does it and for its reasons.
 */
export function hitsSql(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    hits as materialized (select i.id from archive_item i where ${where} limit ${countedTo + 1}),
    n as materialized (select count(*)::int as n from hits)`
}

/** The next few beyond the mark, and their order `at`; only one of the two ways is ever executed. */
export function pageSql(where: Prisma.Sql, order: Order, mark: Mark | null, take: number): Prisma.Sql {
  const held = order.key === null ? Prisma.sql`i.id` : Prisma.sql`i.id, ${order.key} as key`
  const way = order.down ? Prisma.sql`desc` : Prisma.sql`asc`
  const by = order.key === null ? Prisma.sql`id ${way}` : Prisma.sql`key ${way}, id ${way}`
  const beyond = mark === null ? Prisma.sql`true` : beyondSql(order, mark)
  return Prisma.sql`
    select id, row_number() over (order by ${by}) as at from (
      (select ${held} from hits join archive_item i using (id) where (select n from n) <= ${countedTo} and ${beyond}
        order by ${orderSql(order)} limit ${take})
      union all
      (select ${held} from archive_item i where (select n from n) > ${countedTo} and ${where} and ${beyond}
        order by ${orderSql(order)} limit ${take})) as either`
}
