import { Prisma } from '../../../prisma/client/client.ts'
import type { SecrecyLevel } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import { now } from '../../lib/clock.ts'
import { NotFound } from '../../lib/refused.ts'
import { conditionsSql, namesIn } from '../list/conditions.ts'
import { orderOf, orderSql, sortOf } from '../list/order.ts'
import { knownSql, visibleItemsSql } from '../policy.ts'
import { mostLabels, type Wanted } from './forms.ts'

export type Labelled = {
  id: bigint
  number: string
  secrecy: SecrecyLevel
  keeper: string
  customerId: bigint
  /** Null where these are not this person's to know (ARC-02). */
  place: { room: string; cabinet: number; shelf: number; position: number } | null
  customer: string | null
  title: string | null
}

/** What a person may put labels on of what was asked for, one more than fit; items that were named and are not there do not exist. */
export async function labelledFor(actor: Actor, wanted: Wanted): Promise<Labelled[]> {
  const where = await wantedSql(actor, wanted)
  if (!where) return []
  const order = wanted.all ? orderSql(orderOf(sortOf(wanted.all))) : Prisma.sql`i.number`
  const found = await ask<Labelled>`
    select i.id, i.number, i.secrecy::text, k.name as keeper, i.customer_id as "customerId",
      case when known.yes then (
        select json_build_object('room', r.name, 'cabinet', p.cabinet, 'shelf', p.shelf, 'position', p.position)
        from archive_place p join archive_room r on r.id = p.room_id where p.id = i.place_id) end as place,
      case when known.yes then c.name end as customer, case when known.yes then i.title end as title
    from archive_item i join customer_file f on f.id = i.file_id join customer c on c.id = i.customer_id
      join staff k on k.id = coalesce(i.keeper_id, f.keeper_id),
      lateral (select ${knownSql(actor, now())} as yes) known
    where ${where} order by ${order} limit ${mostLabels + 1}`
  if (found.length === 0 && wanted.numbers.length > 0) throw new NotFound()
  return found
}

async function wantedSql(actor: Actor, { numbers, volume, all }: Wanted): Promise<Prisma.Sql | null> {
  const mine = [
    visibleItemsSql(actor),
    Prisma.sql`i.customer_id in (select id from customer where ${withinSql(actor, 'archive.keep')})`,
    Prisma.sql`i.state not in ('disposed', 'given_back')`,
  ]
  if (all) mine.push(conditionsSql(actor, all, await namesIn(actor, [all])))
  else if (volume)
    mine.push(Prisma.sql`i.volume_id = (select v.id from volume v join customer_file vf on vf.id = v.file_id
    where vf.number = ${volume.file} and v.n = ${volume.n})`)
  else if (numbers.length > 0) mine.push(Prisma.sql`i.number = any(${numbers}::text[])`)
  else return null
  // ARC-02: which of a volume's items one may not know is as little told as their place.
  if (volume && !all) mine.push(knownSql(actor, now()))
  return Prisma.join(mine, ' and ')
}
