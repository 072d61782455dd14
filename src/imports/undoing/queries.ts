import { Prisma } from '../../../prisma/client/client.ts'
import { db } from '../../db.ts'

/**
 * POOL-01, AUD-01: a customer somebody did something with since it was imported: every such act leaves a line in the
 * trail, a link may leave its line with the other customer. Such a customer stays.
 */
export const touched = Prisma.sql`(
  c.version > 1 or c.standing = 'confirmed'
  or exists (select 1 from customer_link l where l.from_id = c.id)
  or exists (select 1 from customer_link l where l.to_id = c.id)
  or exists (select 1 from audit_entry a
    where a.subject = 'customer:' || c.id and a.kind = 'change' and a.action <> 'customer.imported'))`

/** Who did the last of it, and when. */
export const lastTouch = Prisma.sql`(
  select json_build_object('who', a.actor_name, 'at', a.at) from audit_entry a
  where a.subject = 'customer:' || c.id and a.kind = 'change' and a.action <> 'customer.imported'
  order by a.id desc limit 1)`

export type Touch = { who: string; at: string } | null
export type Staying = { number: string; name: string; touch: Touch }

const stayingShown = 50

/** What undoing would do: how many customers would go, how many would stay, and the first of those. */
export async function undoOutlook(importId: bigint): Promise<{ going: number; staying: number; stays: Staying[] }> {
  const [counts] = await db.$queryRaw<{ going: number; staying: number }[]>`
    select count(*) filter (where not ${touched})::int as going, count(*) filter (where ${touched})::int as staying
    from customer c where c.import_id = ${importId} and c.withdrawn_at is null`
  const { going, staying } = counts!
  if (staying === 0) return { going, staying, stays: [] }
  const stays = await db.$queryRaw<Staying[]>`
    select c.number, c.name, ${lastTouch} as touch from customer c
    where c.import_id = ${importId} and c.withdrawn_at is null and ${touched} order by c.id limit ${stayingShown}`
  return { going, staying, stays }
}
