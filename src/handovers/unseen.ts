import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { unseenSql } from '../complaints/unseen.ts'
import type { Db, Tx } from '../db.ts'
import { foundSql, leftWith, noneLeft, thingNames, totalOf, type Left, type Thing } from './things.ts'

/**
 * CMP-03: what of complaints about oneself lies among the things of a handover: the cases, their measures, clocks and
 * signatures. Neither shown nor counted, and never handed on by whom they are about.
 */
const aboutSql = (actor: Pick<Actor, 'id'>): Prisma.Sql => Prisma.sql`
  with subjects as (${unseenSql(actor)})
  select t.thing, split_part(s.subject, ':', 2)::bigint as id from subjects s
    join (values ('complaint', 'complaint'), ('measure', 'measure'), ('measure', 'measure_check')) t (kind, thing)
      on t.kind = split_part(s.subject, ':', 1)
  union all select 'deadline', d.id from deadline d join subjects s on s.subject = d.subject
  union all select 'request', r.id from approval_request r join subjects s on s.subject = r.subject
  union all select 'signature', p.id from approval_request r join subjects s on s.subject = r.subject
    join approval_step p on p.request_id = r.id`

/** Whether the reader may know of it; `thing` and `id` as columns of what is asked. */
export const knownSql = (actor: Pick<Actor, 'id'>, thing: Prisma.Sql, id: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${thing}, ${id}) not in (select thing, id from (${aboutSql(actor)}) unseen)`

/** What is left of a thing, as far as the reader may know. */
export const seenSql = (actor: Pick<Actor, 'id'>, thing: Thing, leaver: bigint, now: Date): Prisma.Sql => Prisma.sql`
  select * from (${foundSql(thing, leaver, now)}) found
  where ${knownSql(actor, Prisma.sql`${thing}::text`, Prisma.sql`found.id`)}`

/** `others`: there is something left that somebody else has to hand on. */
export type LeftSeen = { left: Left; others: boolean }

export async function leftSeen(from: Db | Tx, actor: Actor, leaver: bigint, now: Date): Promise<LeftSeen> {
  const all = await leftWith(from, leaver, now)
  const counts = thingNames
    .filter((thing) => all[thing] > 0)
    .map(
      (thing) =>
        Prisma.sql`select ${thing} as thing, count(*)::int as n from (${seenSql(actor, thing, leaver, now)}) f`,
    )
  if (counts.length === 0) return { left: noneLeft, others: false }
  const rows = await (from as Db).$queryRaw<{ thing: Thing; n: number }[]>(Prisma.join(counts, ' union all '))
  const left = { ...noneLeft, ...(Object.fromEntries(rows.map(({ thing, n }) => [thing, n])) as Partial<Left>) }
  return { left, others: totalOf(left) < totalOf(all) }
}

export const nothingLeft: LeftSeen = { left: noneLeft, others: false }
