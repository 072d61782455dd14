import type { ReadingWay } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { reading } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { throughOf } from '../viewings/viewer.ts'
import type { Item } from './queries.ts'

export type Shown = { way: ReadingWay; n?: number; viewingId?: bigint; visitor?: string }

/**
 * ARC-07: nothing of an item is shown before the register of viewing says who sees it; the trail gets its line in the same
 * transaction (AUD-01). By which window, and with which outsider beside (ARC-08), is found here.
 */
export async function recordReading(actor: Actor, item: Item, { way, n, ...given }: Shown): Promise<void> {
  const { viewingId, visitor } = way === 'refused' ? given : { ...(await throughOf(actor, item, now())), ...given }
  const detail = { after: { item: item.number, way, ...(n ? { n } : {}), ...(visitor ? { visitor } : {}) } }
  await reading(actor, 'item.opened', `customer:${item.customerId}`, detail, async (tx) => {
    await line(tx, actor, item, {
      way,
      ...(n ? { n } : {}),
      ...(viewingId ? { viewingId } : {}),
      ...(visitor ? { visitor } : {}),
    })
  })
}

async function line(tx: Tx, actor: Actor, { id, customerId }: Item, shown: Shown): Promise<void> {
  await tx.itemReading.create({ data: { itemId: id, customerId, staffId: actor.id, at: now(), ...shown } })
}
