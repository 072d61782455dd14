import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may, mayEver, permit, permitAt, waysWithin, type Permit, type Placed } from '../access/policy.ts'

/** A record lies where who made it works, and belongs to the customer's file: who sees that sees it, too (CUS-19). */
export type PlacedRecord = Placed & { customer: Placed }

export function seesRecord(actor: Actor, record: PlacedRecord): boolean {
  if (!mayEver(actor, 'contact_records.view')) return false
  if (record.ownerId === actor.id) return true
  return may(actor, 'contact_records.view', record) || may(actor, 'contact_records.view', record.customer)
}

/** What somebody wrote down, nobody else corrects. */
const isOwn = (actor: Actor, { ownerId }: Pick<Placed, 'ownerId'>): boolean =>
  ownerId === actor.id && mayEver(actor, 'contact_records.record')

export const recordPolicy = {
  list: permit('contact_records.view'),
  record: permit('contact_records.record'),
  /** About this customer. */
  recordAt: permitAt<Placed>('contact_records.record'),
  view: Object.assign(seesRecord, { act: 'contact_records.view' }) as Permit<PlacedRecord>,
  correct: Object.assign(isOwn, { act: 'contact_records.record' }) as Permit<PlacedRecord>,
  export: permit('visits.export'),
}

type RecordAct = 'contact_records.view' | 'visits.export'

/** The ways by which records come to somebody, each with its own index; over the columns of `contact_record`. */
export function recordWaysSql(actor: Actor, act: RecordAct = 'contact_records.view'): Prisma.Sql[] {
  if (!mayEver(actor, act)) return [Prisma.sql`false`]
  const within = waysWithin(actor, act)
  if (within === null) return [Prisma.sql`true`]
  return [Prisma.sql`owner_id = ${actor.id}`, ...within, ...(waysWithin(actor, act, ofCustomer) ?? [])]
}

/** Where the customer lies, as it stands with the record. */
const ofCustomer = {
  owner: Prisma.sql`customer_owner_id`,
  department: Prisma.sql`customer_department_id`,
  region: Prisma.sql`customer_region_id`,
}

/** The same as one condition. */
export const visibleRecordsSql = (actor: Actor, act: RecordAct = 'contact_records.view'): Prisma.Sql =>
  Prisma.sql`(${Prisma.join(recordWaysSql(actor, act), ' or ')})`
