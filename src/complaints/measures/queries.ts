import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { ask, db, type Tx } from '../../db.ts'
import type { DeadlineKind } from '../../deadlines/kinds.ts'
import type { OfCustomer } from '../../deadlines/queries.ts'
import { groupBy } from '../../lib/groups.ts'
import { NotFound } from '../../lib/refused.ts'
import type { PlacedComplaint } from '../policy.ts'
import { knowsMeasure } from './policy.ts'

const person = { select: { id: true, name: true, number: true } } as const
const related = { owner: person, checker: person } satisfies Prisma.CorrectiveActionInclude
const ofComplaint = {
  id: true,
  number: true,
  title: true,
  state: true,
  founded: true,
  recordedAt: true,
  accused: true,
  ownerId: true,
  departmentId: true,
  regionId: true,
  receivedById: true,
  receivingDepartmentId: true,
  customer: { select: { ownerId: true } },
} satisfies Prisma.ComplaintSelect
type Stored = Prisma.CorrectiveActionGetPayload<{ include: typeof related }>
type Of = Prisma.ComplaintGetPayload<{ select: typeof ofComplaint }> & PlacedComplaint

/** A measure with its people, and where its complaint lies. `number` is its own: T2026000001-1. */
export type Measure = Stored & { number: string; complaint: Of }
type Reads = Pick<Tx, 'correctiveAction' | 'complaint'> | typeof db

/** As the deadlines, the approvals and the notices call it; the trail keeps it with its complaint. */
export const subjectOf = ({ id }: { id: bigint }) => `measure:${id}`
export const trailOf = ({ complaintId }: { complaintId: bigint }) => `complaint:${complaintId}`
export const measureNumber = (complaint: string, n: number) => `${complaint}-${n}`
export const measurePath = ({ number }: { number: string }) => `/measures/${number}`

const written = /^(T\d{10,})-(\d{1,5})$/

/** The only way to one: what the actor may not know of does not exist. */
export async function measureFor(actor: Actor, number: string): Promise<Measure> {
  const [, complaint, n] = written.exec(number.toUpperCase()) ?? []
  if (!complaint) throw new NotFound()
  const where = { n: Number(n), complaint: { number: complaint } }
  const [measure] = await placed(db, await db.correctiveAction.findMany({ where, include: related }))
  if (!measure || !knowsMeasure(actor, measure)) throw new NotFound()
  return measure
}

export async function measureById(tx: Reads, id: bigint): Promise<Measure | null> {
  const found = await (tx as typeof db).correctiveAction.findMany({ where: { id }, include: related })
  return (await placed(tx, found))[0] ?? null
}

/** Holds the row until the transaction ends. */
export async function lockMeasure(tx: Tx, id: bigint): Promise<Measure> {
  await tx.$queryRaw`select from corrective_action where id = ${id} for update`
  const measure = await measureById(tx, id)
  if (!measure) throw new NotFound()
  return measure
}

/** Those of one complaint, for whoever sees it. */
export async function measuresOf(complaintId: bigint): Promise<Measure[]> {
  const found = await db.correctiveAction.findMany({ where: { complaintId }, include: related, orderBy: { n: 'asc' } })
  return placed(db, found)
}

/** Complaints by themselves: within another record the client cannot read a list of people. */
async function placed(tx: Reads, found: Stored[]): Promise<Measure[]> {
  const ids = [...new Set(found.map(({ complaintId }) => complaintId))]
  if (ids.length === 0) return []
  const rows = await (tx as typeof db).complaint.findMany({ where: { id: { in: ids } }, select: ofComplaint })
  const known = new Map(rows.map((row) => [row.id, { ...row, customerOwnerId: row.customer?.ownerId ?? null }]))
  return found.map((one) => {
    const complaint = known.get(one.complaintId)!
    return { ...one, complaint, number: measureNumber(complaint.number, one.n) }
  })
}

/** The clocks of measures, by subject. */
export async function clocksOf(measures: readonly { id: bigint }[]): Promise<Map<string, OfCustomer[]>> {
  const rows = await ask<OfCustomer & { subject: string; kind: DeadlineKind }>`
    select subject, id, kind, rule, unit::text, started_at as "startedAt", due_at as "dueAt", soon_at as "soonAt",
      paused_at as "pausedAt", met_at as "metAt", cancelled_at as "cancelledAt"
    from deadline where subject = any(${measures.map(subjectOf)}::text[]) and cancelled_at is null
    order by met_at desc nulls first, due_at`
  return groupBy(rows, ({ subject }) => subject)
}

export type MeasureLine = { at: Date; actorName: string; action: string; why: string | null }

/** What the trail says of one measure, newest first. */
export function historyOf({ complaintId, number }: Measure): Promise<MeasureLine[]> {
  return ask<MeasureLine>`
    select at, actor_name as "actorName", action, why from audit_entry
    where subject = ${`complaint:${complaintId}`} and after ->> 'measure' = ${number}
    order by id desc limit 50`
}

/** The request by which it waits for its signature. */
export function waitingFor(measure: Measure): Promise<{ number: string } | null> {
  const where = { kind: 'complaint.measures', subject: subjectOf(measure), state: 'waiting' } as const
  return db.approvalRequest.findFirst({ where, select: { number: true } })
}
