import type { Actor } from '../../access/actor.ts'
import { may, permitAt, type Permit, type Placed } from '../../access/policy.ts'
import { isClassified } from '../levels.ts'
import { keeps } from '../policy.ts'
import type { Item } from '../queries.ts'

type Kept = Pick<Item, 'keeperId' | 'secrecy'> & Placed

/** Whoever keeps it, or works in the archive and is cleared for what is classified. */
export function mayWrite(actor: Actor, item: Kept): boolean {
  if (keeps(actor, item)) return true
  return may(actor, 'archive.keep', item) && (!isClassified(item.secrecy) || may(actor, 'archive.classified', item))
}

export const itemPolicy = {
  view: permitAt<Item>('archive.view'),
  keep: Object.assign(mayWrite, { act: 'archive.keep' as const }) satisfies Permit<Item>,
}
