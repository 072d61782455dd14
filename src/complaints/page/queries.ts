import type { Actor } from '../../access/actor.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import { db } from '../../db.ts'
import { namesInOrder } from '../../staff/naming.ts'
import { seesComplaint } from '../policy.ts'
import type { Complaint } from '../queries.ts'

/** What the head and the track of the page need of others. */
export async function aroundOf(actor: Actor, complaint: Complaint) {
  const [customer, report, remedy, judge] = await Promise.all([
    customerOf(actor, complaint),
    db.investigationReport.findUnique({
      where: { complaintId: complaint.id },
      select: { byId: true, finishedAt: true, state: true },
    }),
    db.remedy.findFirst({
      where: { complaintId: complaint.id, state: { in: ['waiting', 'approved'] } },
      orderBy: { id: 'desc' },
      select: { proposedAt: true, decidedAt: true, proposedBy: { select: { name: true } } },
    }),
    complaint.judgedById === null ? null : nameOf(complaint.judgedById),
  ])
  const investigator = report ? await nameOf(report.byId) : null
  return { customer, report: report && { ...report, by: investigator }, remedy, judge }
}
export type Around = Awaited<ReturnType<typeof aroundOf>>

/** Who sees a complaint sees whose it is; the way to the record is open where that is in scope. */
async function customerOf(actor: Actor, { customerId, customer }: Complaint) {
  if (customerId === null || !customer) return null
  const { number, name, grade } = customer
  const seen = await db.customer.findFirst({
    where: { AND: [{ id: customerId }, visibleCustomers(actor)] },
    select: { id: true },
  })
  return { number, name, grade, href: seen ? `/customers/${number}` : null }
}

const nameOf = async (id: bigint) => (await namesInOrder([id]))[0] ?? null

const placing = {
  number: true,
  ownerId: true,
  departmentId: true,
  regionId: true,
  receivedById: true,
  receivingDepartmentId: true,
  accused: true,
  customer: { select: { ownerId: true } },
} as const

/** The earlier complaint that this one repeats, and how many came after it, as far as this reader may know of them. */
export async function repeatedOf(actor: Actor, { repeatOfId }: Complaint): Promise<{ number: string } | null> {
  if (repeatOfId === null) return null
  const found = await db.complaint.findUnique({ where: { id: repeatOfId }, select: placing })
  if (!found || !seesComplaint(actor, { ...found, customerOwnerId: found.customer?.ownerId ?? null })) return null
  return { number: found.number }
}
