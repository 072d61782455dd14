import { Prisma } from '../../prisma/client/client.ts'
import type { CopyWay } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { may, permit, withinSql, type Permit, type Placed } from '../access/policy.ts'
import type { Act } from '../access/table.ts'

/** A permit lies where its customer does. */
export type PlacedPermit = Placed & { applicantId: bigint; way: CopyWay }

const permitOn = (act: Act, rule: (actor: Actor, record: PlacedPermit) => boolean): Permit<PlacedPermit> =>
  Object.assign(rule, { act })

const runs = (actor: Actor, record: PlacedPermit) => may(actor, 'copies.run', record)
const downloads = (actor: Actor, { way, applicantId }: PlacedPermit) =>
  way === 'download' && applicantId === actor.id && permit('copies.ask')(actor, null)

export const copyPolicy = {
  list: permit('archive.view'),
  ask: permit('copies.ask'),
  view: permitOn('archive.view', () => true),
  run: permitOn('copies.run', runs),
  /** ARC-13: what is downloaded goes to the applicant alone; all else is made by the archive. */
  make: permitOn('copies.ask', (actor, record) =>
    record.way === 'download' ? downloads(actor, record) : runs(actor, record),
  ),
  register: permit('archive.registers'),
}

/** Which permits exist for this person: one's own, and those of customers whose registers one reads. Over copy_permit as p. */
export function permitsSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`(p.applicant_id = ${actor.id}
    or p.customer_id in (select id from customer where ${withinSql(actor, 'archive.registers')}))`
}
