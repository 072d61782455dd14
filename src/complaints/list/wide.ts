import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { scopeKey } from '../../access/scope-key.ts'
import { ask } from '../../db.ts'
import { now } from '../../lib/clock.ts'
import { waysIn } from './reach.ts'

const much = 50_000
const keptFor = 10 * 60_000
const known = new Map<string, { wide: boolean; until: number }>()

/**
 * Whether a person sees so many complaints that what is sought is found quicker among all of them than among his own. It
 * decides by which index a search goes, never what it finds: so it is asked every ten minutes only.
 */
export async function reachesMuch(actor: Actor): Promise<boolean> {
  const [key, at] = [scopeKey(actor), now().getTime()]
  const one = known.get(key)
  if (one && one.until > at && one.until <= at + keptFor) return one.wide
  // Of those closed, whose indexes tell it alone.
  const ways = waysIn(actor, '', 'complaints.view').map(
    (way) => Prisma.sql`(select from complaint where state = 'closed' and ${way} limit ${much + 1})`,
  )
  const [row] = await ask<{ wide: boolean }>`
    select exists (select from (${Prisma.join(ways, ' union all ')}) as reached offset ${much}) as wide`
  if (known.size > 5000) known.clear()
  known.set(key, { wide: row!.wide, until: at + keptFor })
  return row!.wide
}

/** For tests: the next file's people are others. */
export function forgetWide(): void {
  known.clear()
}
