import { pool } from '../../db.ts'
import type { Actor } from '../../access/actor.ts'
import { inHandSince } from './rules.ts'

/**
 * Wish 41: somebody opened a form of this complaint. No lock, and no line in the trail: it says only whom to ask, for five
 * minutes, and who came first stays named. The one write of the product beside change() but for drafts.
 */
export async function takeInHand(actor: Actor, { id }: { id: bigint }, now: Date): Promise<void> {
  await pool.query(
    `update complaint set in_hand_by_id = $2, in_hand_at = $3 where id = $1
       and (in_hand_by_id is null or in_hand_by_id = $2 or in_hand_at <= $4)`,
    [id, actor.id, now, inHandSince(now)],
  )
}

/** It was sent. */
export async function layDown(actor: Actor, { id }: { id: bigint }): Promise<void> {
  await pool.query(
    `update complaint set in_hand_by_id = null, in_hand_at = null where id = $1 and in_hand_by_id = $2`,
    [id, actor.id],
  )
}
