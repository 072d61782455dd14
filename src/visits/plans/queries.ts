import type { Actor } from '../../access/actor.ts'
import { db, type Tx } from '../../db.ts'
import { NotFound } from '../../lib/refused.ts'
import { planFor, type Plan, type Visit } from '../queries.ts'
import { namesText } from './people.ts'
import type { Planned } from './resolving.ts'

/** Where the lines of a plan lie in time, also of those that were taken out. */
export async function slotsOf(tx: Pick<Tx, 'visit'>, { id }: Pick<Plan, 'id'>) {
  const when = { startsAt: true, timed: true, minutes: true } as const
  const select = { id: true, customerId: true, party: true, district: true, state: true, ...when }
  const found = await tx.visit.findMany({ where: { planId: id }, select })
  return found.map(({ state, ...slot }) => ({ ...slot, cancelled: state === 'cancelled' }))
}

const withAll = {
  customer: {
    select: { number: true, grade: true, departmentId: true, regionId: true, ownerId: true, withdrawnAt: true },
  },
  people: { where: { planned: true }, orderBy: { id: 'asc' } },
  spendings: { where: { removedAt: null }, orderBy: { id: 'asc' } },
  parties: { include: { customer: { select: { number: true, name: true } } } },
  replacedBy: { select: { number: true } },
} as const

/** What is known of a visit only later, or for finding it: a month has more than a hundred lines, and none tells of these. */
const untold = {
  grams: true,
  searchText: true,
  departmentId: true,
  regionId: true,
  customerOwnerId: true,
  onDay: true,
  unplanned: true,
  unplannedReason: true,
  confirmedAt: true,
  confirmedWith: true,
  confirmedWay: true,
  warnedAt: true,
  firstStartsAt: true,
  rescheduled: true,
  replacesId: true,
  cancelledReason: true,
  arrivedAt: true,
  leftAt: true,
  reportDueAt: true,
  excusedUntil: true,
  reportedAt: true,
  reportLate: true,
  unreviewed: true,
  byManager: true,
  recordedAt: true,
  recordedById: true,
} as const

/** All lines of a plan with what its page tells of them; at most as many as a plan holds, and those taken out. */
export const linesOf = ({ id }: Pick<Plan, 'id'>) =>
  db.visit.findMany({
    where: { planId: id },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    include: withAll,
    omit: untold,
    take: 500,
  })
export type PlanLine = Awaited<ReturnType<typeof linesOf>>[number]

/** One line, by the plan's number and its own: one's own, as only then it is opened here. */
export async function lineFor(actor: Actor, planNumber: string, number: string) {
  const plan = await planFor(actor, planNumber)
  const line = await db.visit.findUnique({
    where: { number: number.toUpperCase() },
    include: withAll,
    omit: { grams: true, searchText: true },
  })
  if (!line || line.planId !== plan.id) throw new NotFound()
  return { ...plan, line }
}
export type PlanWithLine = Awaited<ReturnType<typeof lineFor>>

export async function peopleText(tx: Pick<Tx, 'visitPerson'>, { id }: { id: bigint }): Promise<string> {
  const where = { visitId: id, planned: true }
  return namesText(await tx.visitPerson.findMany({ where, orderBy: { id: 'asc' }, select: { name: true, post: true } }))
}

/** What goes over to another day: all but when. */
export async function plannedFrom(tx: Tx, visit: Visit): Promise<Planned> {
  const visitId = visit.id
  const people = await tx.visitPerson.findMany({ where: { visitId, planned: true }, orderBy: { id: 'asc' } })
  const parties = await tx.visitParty.findMany({ where: { visitId } })
  const spendings = await tx.visitSpending.findMany({ where: { visitId, removedAt: null }, orderBy: { id: 'asc' } })
  const { customerId, party, target, purposes, minutes, place, district, agenda, bring, companions } = visit
  return {
    customerId,
    party,
    target,
    purposes,
    minutes,
    place,
    district,
    agenda,
    bring,
    companions,
    startsAt: visit.startsAt,
    timed: visit.timed,
    people: people.map(({ contactId, name, post }) => ({ contactId, name, post })),
    parties: parties.map(({ customerId: other }) => other),
    spendings: spendings.map(({ kind, what, quantity, price }) => ({ kind, what, quantity, price: price.toFixed(2) })),
  }
}

/** VIS-06: the visits whose report is overdue, the oldest first. */
export const unreportedLines = (ownerId: bigint, now: Date) =>
  db.visit.findMany({
    where: {
      ownerId,
      state: { in: ['approved', 'done'] },
      reportDueAt: { lt: now },
      OR: [{ excusedUntil: null }, { excusedUntil: { lt: now } }],
    },
    orderBy: { startsAt: 'asc' },
    take: 10,
    select: { number: true, party: true, startsAt: true },
  })
