import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { visibleRecordsSql } from './policy.ts'

/** Which of these records this person may know. */
export async function recordsSeen(actor: Actor, ids: bigint[]): Promise<Set<bigint>> {
  const rows = await ask<{ id: bigint }>`
    select id from contact_record where id = any(${ids}::bigint[]) and ${visibleRecordsSql(actor)}`
  return new Set(rows.map(({ id }) => id))
}
