import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { permit, permitAt, withinSql, type Placed } from '../access/policy.ts'

export const certificatePolicy = {
  list: permit('certificates.view'),
  view: permitAt<Placed>('certificates.view'),
  run: permitAt<Placed>('certificates.run'),
  count: permit('certificates.run'),
}

/** Which certificates exist for this person, over certificate as q joined with archive_item as i. */
export function visibleCertificatesSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`i.customer_id in (
    select id from customer where withdrawn_at is null and ${withinSql(actor, 'certificates.view')})`
}

/** Those this person counts and gives back. */
export function keptCertificatesSql(actor: Actor): Prisma.Sql {
  return Prisma.sql`i.customer_id in (
    select id from customer where withdrawn_at is null and ${withinSql(actor, 'certificates.run')})`
}
