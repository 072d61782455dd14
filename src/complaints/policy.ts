import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { may, mayEver, permit, withinSql, type Permit, type Placed } from '../access/policy.ts'
import type { Act } from '../access/table.ts'

/**
 * A complaint lies at the responsible department and at the one that received it; its handler is its owner, in the
 * table's word.
 */
export type PlacedComplaint = Placed & {
  receivedById: bigint
  receivingDepartmentId: bigint | null
  /** Whose customer complains. */
  customerOwnerId: bigint | null
  /** CMP-03: nobody of these takes part, nor sees it. */
  accused: readonly bigint[]
}

const received = ({ receivedById, receivingDepartmentId, regionId }: PlacedComplaint): Placed => ({
  ownerId: receivedById,
  departmentId: receivingDepartmentId,
  regionId,
})

/** CMP-03: whether the complaint is about this person. */
export const isAccused = (actor: { id: bigint }, { accused }: PlacedComplaint): boolean => accused.includes(actor.id)

/** Whether this person knows of the complaint at all. */
export function seesComplaint(actor: Actor, complaint: PlacedComplaint): boolean {
  if (isAccused(actor, complaint)) return false
  return (
    may(actor, 'complaints.view', complaint) ||
    may(actor, 'complaints.view', received(complaint)) ||
    (complaint.customerOwnerId === actor.id && mayEver(actor, 'complaints.view'))
  )
}

/**
 * PPL-01, CMP-03: may this person do this to this complaint. `own` is the handler; customer service, where it was
 * received, goes on with it as well as the responsible department.
 */
export function mayWith(actor: Actor, act: Act, complaint: PlacedComplaint): boolean {
  if (isAccused(actor, complaint)) return false
  return may(actor, act, complaint) || may(actor, act, { ...received(complaint), ownerId: null })
}

/** For routes about one complaint. */
export function permitOn<R extends PlacedComplaint>(act: Act): Permit<R> {
  return Object.assign((actor: Actor, complaint: R) => mayWith(actor, act, complaint), { act })
}

export const complaintPolicy = {
  list: permit('complaints.view'),
  view: Object.assign(seesComplaint, { act: 'complaints.view' }) as Permit<PlacedComplaint>,
  take: permit('complaints.take'),
  correct: permitOn<PlacedComplaint>('complaints.correct'),
  group: permitOn<PlacedComplaint>('complaints.group'),
  judge: permitOn<PlacedComplaint>('complaints.judge'),
  assign: permitOn<PlacedComplaint>('complaints.assign'),
  handle: permitOn<PlacedComplaint>('complaints.handle'),
  raise: permitOn<PlacedComplaint>('complaints.raise'),
  lower: permitOn<PlacedComplaint>('complaints.lower'),
  contact: permitOn<PlacedComplaint>('complaints.contact'),
  callBack: permitOn<PlacedComplaint>('complaints.call_back'),
  crisis: permitOn<PlacedComplaint>('complaints.crisis'),
  close: permitOn<PlacedComplaint>('complaints.close'),
  reopen: permitOn<PlacedComplaint>('complaints.reopen'),
  void: permitOn<PlacedComplaint>('complaints.void'),
  print: permitOn<PlacedComplaint>('complaints.print'),
  unmask: permitOn<PlacedComplaint>('complaints.unmask'),
  export: permit('complaints.export'),
  statistics: permit('complaints.statistics'),
  manage: permit('complaints.manage'),
}

const receivedColumns = {
  owner: Prisma.sql`received_by_id`,
  department: Prisma.sql`receiving_department_id`,
  region: Prisma.sql`region_id`,
}

/**
 * The same as `seesComplaint` for a query, over the columns of `complaint` (a `from` that has no other table with such
 * columns beside it): lists, counts, search, export and statistics obey it. `act` for what reaches less far than seeing.
 */
export function visibleComplaintsSql(
  actor: Actor,
  act: 'complaints.view' | 'complaints.export' | 'complaints.statistics' = 'complaints.view',
): Prisma.Sql {
  if (!mayEver(actor, act)) return Prisma.sql`false`
  const customers = Prisma.sql`customer_id in (select id from customer where owner_id = ${actor.id})`
  const own = act === 'complaints.view' ? Prisma.sql`or ${customers}` : Prisma.empty
  return Prisma.sql`(not (${actor.id} = any(accused)) and (${withinSql(actor, act)}
    or ${withinSql(actor, act, receivedColumns)} ${own}))`
}

/** The same as `mayWith` for a query, over the same columns: what waits for whom. */
export function reachedComplaintsSql(actor: Actor, act: Act): Prisma.Sql {
  if (!mayEver(actor, act)) return Prisma.sql`false`
  const received = { ...receivedColumns, owner: Prisma.sql`null::bigint` }
  return Prisma.sql`(not (${actor.id} = any(accused)) and (${withinSql(actor, act)} or ${withinSql(actor, act, received)}))`
}
