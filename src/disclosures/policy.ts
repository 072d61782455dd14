import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { permit, permitAt, withinSql, type Placed } from '../access/policy.ts'

export const disclosurePolicy = {
  /** Whoever sees the archive; which disclosures is in visibleDisclosuresSql. */
  list: permit('archive.view'),
  ask: permit('disclosures.ask'),
  pack: permitAt<Placed>('disclosures.pack'),
  register: permit('archive.registers'),
}

/** Which exist for this person, over disclosure as d: one's own, and those of customers for which one signs, packs or checks. */
export function visibleDisclosuresSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`(d.applicant_id = ${actor.id} or d.customer_id in (select id from customer
    where ${withinSql(actor, 'archive.registers')} or ${withinSql(actor, 'disclosures.approve')}
      or ${withinSql(actor, 'disclosures.pack')}))`
}
