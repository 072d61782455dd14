import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Permit } from '../access/policy.ts'
import type { Tx } from '../db.ts'

/** What files belong to: a customer, a complaint or a visit. */
export type Host = {
  kind: 'customer' | 'complaint' | 'visit'
  id: bigint
  number: string
  name: string
  /** Its page, and the list it stands in. */
  home: string
  list: string
  /** As the trail names it. */
  subject: string
  /** What each line of the trail also tells, where that is another's: the visit's number in its customer's history. */
  told?: Record<string, string>
}

export type Of = Pick<Host, 'kind' | 'id'>

/** Whose files, as a condition and as a column to write. */
export function whoseSql({ kind, id }: Of): Prisma.Sql {
  if (kind === 'customer') return Prisma.sql`customer_id = ${id}`
  return kind === 'complaint' ? Prisma.sql`complaint_id = ${id}` : Prisma.sql`visit_id = ${id}`
}
export function whose({ kind, id }: Of) {
  if (kind === 'customer') return { customerId: id }
  return kind === 'complaint' ? { complaintId: id } : { visitId: id }
}

/** How files hang on one kind of record: who reads them, who adds, and how it is held while one is written. */
export type Hosting<R> = {
  path: string
  load: (actor: Actor, number: string) => Promise<R>
  lock: (tx: Tx, id: bigint) => Promise<R>
  view: Permit<R>
  add: Permit<R>
  hostOf: (record: R) => Host
}
