import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { maskPhone } from '../customers/phones.ts'
import { db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { isAccused, seesComplaint, type PlacedComplaint } from './policy.ts'

const related = {
  customer: { select: { number: true, name: true, grade: true, ownerId: true } },
  owner: { select: { name: true, number: true } },
  receivedBy: { select: { name: true, number: true } },
  department: { select: { name: true } },
} satisfies Prisma.ComplaintInclude
const left = { grams: true, searchText: true, customerGrams: true, breached: true } as const

type Stored = Prisma.ComplaintGetPayload<{ include: typeof related; omit: typeof left }>

/** A complaint with what its page needs of others. Money as decimal; `phone` masked unless it was locked for writing. */
export type Complaint = Stored & PlacedComplaint

/** As the trail, the deadlines and the notices call it. */
export const subjectOf = ({ id }: { id: bigint }) => `complaint:${id}`

/** The only way to a complaint: what the actor may not know of does not exist. */
export async function complaintFor(actor: Actor, number: string): Promise<Complaint> {
  const found = await db.complaint.findUnique({
    where: { number: number.toUpperCase() },
    include: related,
    omit: left,
  })
  const complaint = found && placed(found)
  if (!complaint || !seesComplaint(actor, complaint)) throw new NotFound()
  return { ...complaint, phone: complaint.phone && maskPhone(complaint.phone) }
}

/** For whoever signs something about it, also in another's place (APR-04); CMP-03: never for whom it is about. */
export async function complaintToSign(actor: Actor, id: bigint): Promise<Complaint> {
  const found = await db.complaint.findUnique({ where: { id }, include: related, omit: left })
  if (!found || isAccused(actor, placed(found))) throw new NotFound()
  return { ...placed(found), phone: found.phone && maskPhone(found.phone) }
}

/** Holds the row until the transaction ends; take it before checking any rule. Nothing in it is masked. */
export async function lockComplaint(tx: Tx, id: bigint): Promise<Complaint> {
  await tx.$queryRaw`select from complaint where id = ${id} for update`
  const found = await tx.complaint.findUnique({ where: { id }, include: related, omit: left })
  if (!found) throw new NotFound()
  return placed(found)
}

const placed = (found: Stored): Complaint => ({ ...found, customerOwnerId: found.customer?.ownerId ?? null })
