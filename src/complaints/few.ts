import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { ownWaysIn } from './list/reach.ts'

/**
 * The complaints that come to this person not by a place, open or all of them; null where they are more than `most`. What
 * hangs on few is found from here, what hangs on many the other way round.
 */
export async function fewComplaints(actor: Actor, which: 'open' | 'every', most: number): Promise<bigint[] | null> {
  const open = which === 'open' ? Prisma.sql`state not in ('closed', 'void') and` : Prisma.empty
  const ways = ownWaysIn(actor).map(
    (way) => Prisma.sql`(select id from complaint where ${open} ${way} limit ${most + 1})`,
  )
  const rows = await ask<{ id: bigint }>`
    select id from (${Prisma.join(ways, ' union ')}) as seen limit ${most + 1}`
  return rows.length > most ? null : rows.map(({ id }) => id)
}

/** So many of them that were closed, the newest. */
export async function closedComplaints(actor: Actor, most: number): Promise<bigint[]> {
  const ways = ownWaysIn(actor).map(
    (way) => Prisma.sql`(select id, received_at from complaint where state = 'closed' and ${way}
      order by received_at desc, id desc limit ${most})`,
  )
  const rows = await ask<{ id: bigint }>`
    select id from (${Prisma.join(ways, ' union ')}) as seen order by received_at desc, id desc limit ${most}`
  return rows.map(({ id }) => id)
}
