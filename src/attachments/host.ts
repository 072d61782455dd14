import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Permit } from '../access/policy.ts'
import type { Tx } from '../db.ts'

/** What files belong to: a customer or a complaint. */
export type Host = {
  kind: 'customer' | 'complaint'
  id: bigint
  number: string
  name: string
  /** Its page, and the list it stands in. */
  home: string
  list: string
  /** As the trail names it. */
  subject: string
}

export type Of = Pick<Host, 'kind' | 'id'>

/** Whose files, as a condition and as a column to write. */
export const whoseSql = ({ kind, id }: Of): Prisma.Sql =>
  kind === 'customer' ? Prisma.sql`customer_id = ${id}` : Prisma.sql`complaint_id = ${id}`
export const whose = ({ kind, id }: Of) => (kind === 'customer' ? { customerId: id } : { complaintId: id })

/** How files hang on one kind of record: who reads them, who adds, and how it is held while one is written. */
export type Hosting<R> = {
  path: string
  load: (actor: Actor, number: string) => Promise<R>
  lock: (tx: Tx, id: bigint) => Promise<R>
  view: Permit<R>
  add: Permit<R>
  hostOf: (record: R) => Host
}
