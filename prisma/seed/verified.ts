import type pg from 'pg'
import { VerificationWay } from '../../prisma/client/enums.ts'
import { spread } from './invented.ts'

const hour = 3_600_000
const day = 24 * hour
const ways = Object.values(VerificationWay)

export type Verified = { at: Date; way: VerificationWay }

/**
 * CUS-07: when a customer was last verified; null where it was recorded later than that, or is lost. Three of a hundred
 * customers end up verified too long ago, five so long that it is due soon; younger ones count from their recording, so
 * the older ones have somewhat more.
 */
export function verifiedBefore(
  began: number,
  { id, at, life }: { id: number; at: Date; life: string },
): Verified | null {
  if (life === 'lost') return null
  const share = spread(id, 83) % 1000
  const ago =
    share < 40 ? 367 + (spread(id, 89) % 45) : (share < 105 ? 280 : 2) + (spread(id, 89) % (share < 105 ? 78 : 265))
  // In office hours, by the company's clock.
  const moment = new Date((Math.floor(began / day) - ago) * day + hour + (spread(id, 97) % (8 * hour)))
  return moment > at ? { at: moment, way: ways[spread(id, 101) % ways.length]! } : null
}

/** Whoever verifies a customer asks for its people and places, too. */
export async function verifyBelongings(client: pg.Client, first: number, count: number): Promise<void> {
  for (const [part, table] of [
    ['contact', 'contact'],
    ['address', 'customer_address'],
  ])
    await client.query(
      `insert into verification (customer_id, part, way, at, by_id)
       select v.customer_id, '${part}:' || b.id, v.way, v.at, v.by_id
       from verification v join ${table} b using (customer_id)
       where v.part = 'reach' and v.customer_id >= $1 and v.customer_id < $1::bigint + $2`,
      [first, count],
    )
}
