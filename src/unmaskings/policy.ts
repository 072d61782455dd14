import type { Actor } from '../access/actor.ts'
import { may, type Permit, type Placed } from '../access/policy.ts'
import type { Level } from '../customers/sensitivity.ts'

/** PRV-02: which right a level asks for. */
export function mayUnmask(actor: Actor, record: Placed, level: Level): boolean {
  return may(actor, level === 'l3' ? 'customers.unmask_l3' : 'customers.unmask_l2', record)
}

export function unmaskAddress(number: string, field: string, contact?: bigint): string {
  return `/customers/${number}${contact === undefined ? '' : `/contacts/${contact}`}/unmaskings/${field}`
}

/** Level 2 opens the door; what the value turns out to be decides (an ID number asks for level 3). */
export const unmaskPermit: Permit<Placed & { level: Level }> = Object.assign(
  (actor: Actor, record: Placed & { level: Level }) => mayUnmask(actor, record, record.level),
  { act: 'customers.unmask_l2' as const },
)
