import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'
import { visibleVisitsSql } from '../policy.ts'

/** Which of these visits the actor sees. */
export async function visitsSeen(actor: Actor, ids: readonly bigint[]): Promise<Set<bigint>> {
  const rows = await ask<{ id: bigint }>`
    select id from visit where id = any(${[...ids]}::bigint[]) and ${visibleVisitsSql(actor)}`
  return new Set(rows.map(({ id }) => id))
}
