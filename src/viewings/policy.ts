import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may, permit, permitAt, withinSql, type Permit, type Placed } from '../access/policy.ts'

type Applied = Placed & { applicantId: bigint; items: readonly { keeperId: string }[] }

const isOwn = (actor: Actor, { applicantId }: Applied): boolean => applicantId === actor.id

/** Ended early by its applicant, by who keeps one of its items, or by who receives applications there. */
export const mayEnd = (actor: Actor, viewing: Applied): boolean =>
  isOwn(actor, viewing) ||
  may(actor, 'viewings.receive', viewing) ||
  viewing.items.some(({ keeperId }) => keeperId === String(actor.id))

const permitFor = (rule: (actor: Actor, viewing: Applied) => boolean): Permit<Applied> =>
  Object.assign(rule, { act: 'archive.view' } as const)

export const viewingPolicy = {
  /** Whoever sees the archive; which of the viewings is in visibleViewingsSql. */
  list: permit('archive.view'),
  view: permit('archive.view'),
  own: permitFor(isOwn),
  end: permitFor(mayEnd),
  ask: permit('viewings.ask'),
  receive: permit('viewings.receive'),
  emergency: permit('viewings.emergency'),
  review: permitAt<Placed>('viewings.review'),
  register: permit('archive.registers'),
}

/**
 * Which viewings exist for this person, over viewing as v: one's own, those of customers whose registers one reads, those
 * of what one keeps, and those of people for whose department one signs.
 */
export function visibleViewingsSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`(v.applicant_id = ${actor.id}
    or v.customer_id in (select id from customer where ${withinSql(actor, 'archive.registers')})
    or exists (select from viewing_item vi join archive_item i on i.id = vi.item_id join customer_file f on f.id = i.file_id
      where vi.viewing_id = v.id and coalesce(i.keeper_id, f.keeper_id) = ${actor.id})
    or exists (select from (select null::bigint as owner_id, department_id, null::bigint as region_id
      from staff where id = v.applicant_id) as place where ${withinSql(actor, 'viewings.approve')}))`
}
