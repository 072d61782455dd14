import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { db, type Tx } from '../db.ts'
import { dayText } from '../lib/days.ts'
import { NotFound } from '../lib/refused.ts'
import { planPolicy, seesVisit, type PlacedVisit } from './policy.ts'

const related = {
  customer: { select: { number: true, name: true, grade: true, ownerId: true, withdrawnAt: true } },
  owner: { select: { name: true, number: true } },
  plan: { select: { number: true, month: true, state: true, ownerId: true, departmentId: true } },
} satisfies Prisma.VisitInclude
const left = { grams: true, searchText: true } as const

type Stored = Prisma.VisitGetPayload<{ include: typeof related; omit: typeof left }>

/** A visit with what its page needs of others. Money as decimal; `onDay` is midnight UTC of the company's day. */
export type Visit = Stored & PlacedVisit

/** As the deadlines and the notices call it, and as lines of the trail name it as their `part`. */
export const subjectOf = ({ id }: { id: bigint }) => `visit:${id}`

/** Where the trail of a visit stands: with the customer it is about. */
export const trailOf = ({ id, customerId }: { id: bigint; customerId: bigint | null }) =>
  customerId === null ? `visit:${id}` : `customer:${customerId}`

/** The only way to a visit: what the actor may not know of does not exist. */
export async function visitFor(actor: Actor, number: string): Promise<Visit> {
  const found = await db.visit.findUnique({ where: { number: number.toUpperCase() }, include: related, omit: left })
  const visit = found && placed(found)
  if (!visit || !seesVisit(actor, visit)) throw new NotFound()
  return visit
}

/** Holds the row until the transaction ends; take it before checking any rule, after the plan's where both are held. */
export async function lockVisit(tx: Tx, id: bigint): Promise<Visit> {
  await tx.$queryRaw`select from visit where id = ${id} for update`
  const found = await tx.visit.findUnique({ where: { id }, include: related, omit: left })
  if (!found) throw new NotFound()
  return placed(found)
}

/** For whoever is to sign something about it: the request has let them in. */
export async function visitToSign(id: bigint): Promise<Visit> {
  const found = await db.visit.findUnique({ where: { id }, include: related, omit: left })
  if (!found) throw new NotFound()
  return placed(found)
}

const placed = (found: Stored): Visit => ({ ...found, customerOwnerId: found.customer?.ownerId ?? null })

const planned = { owner: { select: { name: true, number: true } } } satisfies Prisma.VisitPlanInclude

/** A month's plan, placed at its owner's department; it lies in no region. `monthText` is 2026-12. */
export type Plan = Prisma.VisitPlanGetPayload<{ include: typeof planned }> & { regionId: null; monthText: string }

export const planSubject = ({ id }: { id: bigint }) => `visit_plan:${id}`

export async function planFor(actor: Actor, number: string): Promise<Plan> {
  const found = await db.visitPlan.findUnique({ where: { number: number.toUpperCase() }, include: planned })
  const plan = found && asPlan(found)
  if (!plan || !planPolicy.view(actor, plan)) throw new NotFound()
  return plan
}

/** Holds the row until the transaction ends; before any of its visits. */
export async function lockPlan(tx: Tx, id: bigint): Promise<Plan> {
  await tx.$queryRaw`select from visit_plan where id = ${id} for update`
  const found = await tx.visitPlan.findUnique({ where: { id }, include: planned })
  if (!found) throw new NotFound()
  return asPlan(found)
}

/** For whoever is to sign it: the request has let them in. */
export async function planToSign(where: { id: bigint } | { number: string }): Promise<Plan> {
  const found = await db.visitPlan.findUnique({ where, include: planned })
  if (!found) throw new NotFound()
  return asPlan(found)
}

type FoundPlan = Prisma.VisitPlanGetPayload<{ include: typeof planned }>
const asPlan = (found: FoundPlan): Plan => ({ ...found, regionId: null, monthText: dayText(found.month).slice(0, 7) })
