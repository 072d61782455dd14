import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may, permit, permitAt, withinSql, type Placed } from '../access/policy.ts'
import { isClassified } from './levels.ts'
import type { Item } from './queries.ts'

export const archivePolicy = {
  list: permit('archive.view'),
  view: permitAt<Placed>('archive.view'),
  keep: permitAt<Placed>('archive.keep'),
  registers: permitAt<Placed>('archive.registers'),
}

/**
 * ARC-02, ARC-06: which items exist for this person: those of the customers in reach, by columns of `customer` as c. A
 * list, a count, a search and a single item obey the same.
 */
export function visibleItemsSql(actor: Actor): Prisma.Sql {
  const reach = withinSql(actor, 'archive.view')
  // Of the whole company few are withdrawn, and those are held in the hand: asking each item's customer cost ten times as much.
  if (isEverywhere(reach))
    return Prisma.sql`i.customer_id not in (select id from customer where withdrawn_at is not null)`
  return Prisma.sql`i.customer_id in (select id from customer where withdrawn_at is null and ${reach})`
}

/**
 * ARC-02: whether title, customer and all else of an index entry are this person's to know; else number, mark and keeper.
 * Over archive_item as i.
 */
export function knownSql(actor: Actor, now: Date): Prisma.Sql {
  const reach = withinSql(actor, 'archive.classified')
  if (isEverywhere(reach)) return reach
  // As a value and not as a set: a set of all customers in reach would be made before the first item is looked at.
  return Prisma.sql`(i.secrecy in ('internal', 'secret') or i.keeper_id = ${actor.id}
    or coalesce((select ${reach} from customer where customer.id = i.customer_id), false)
    or ${windowSql(actor, now)}
    or exists (select from loan l where l.item_id = i.id and l.returned_at is null and l.borrower_id = ${actor.id}))`
}

/** ARC-02: to whom nothing of the index is veiled. */
export const knowsAll = (actor: Actor): boolean => isEverywhere(withinSql(actor, 'archive.classified'))

const isEverywhere = (reach: Prisma.Sql): boolean => reach.sql === 'true'

/**
 * ARC-07: an approved window of this person's, open now, names the item, which was not raised since it was applied for.
 * Over archive_item as i.
 */
export function windowSql(actor: Actor, now: Date): Prisma.Sql {
  return Prisma.sql`exists (select from viewing v join viewing_item vi on vi.viewing_id = v.id
    where vi.item_id = i.id and i.secrecy <= vi.secrecy and v.applicant_id = ${actor.id} and v.state = 'approved'
      and v.ended_at is null
      and v.from_at <= ${now}::timestamptz and v.until_at > ${now}::timestamptz)`
}

/** The keeper works with the item: shelves it, scans it, counts its pages. */
export const keeps = (actor: Actor, item: Pick<Item, 'keeperId' | 'secrecy'> & Placed): boolean =>
  item.keeperId === actor.id && (isClassified(item.secrecy) || may(actor, 'archive.keep', item))
