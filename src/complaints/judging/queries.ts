import type { Request } from '../../approvals/contract.ts'
import type { ApprovalKind } from '../../approvals/kinds.ts'
import { db } from '../../db.ts'
import type { PlacedComplaint } from '../policy.ts'
import { subjectOf } from '../queries.ts'

export const idOf = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('complaint:'.length))

const shown = {
  id: true,
  number: true,
  title: true,
  what: true,
  level: true,
  kind: true,
  state: true,
  ownerId: true,
  departmentId: true,
  regionId: true,
  receivedById: true,
  receivingDepartmentId: true,
  accused: true,
  owner: { select: { name: true } },
  customer: { select: { name: true, ownerId: true } },
  complainant: true,
  anonymous: true,
} as const

/** For a card: with what says whether its reader may know of it. */
export async function complaintShown(id: bigint) {
  const found = await db.complaint.findUniqueOrThrow({ where: { id }, select: shown })
  return { ...found, customerOwnerId: found.customer?.ownerId ?? null } satisfies PlacedComplaint
}
export type Shown = Awaited<ReturnType<typeof complaintShown>>

/** The request of a kind about a complaint that waits, for the page to lead to it. */
export function waitingRequest(kind: ApprovalKind, complaint: { id: bigint }) {
  return db.approvalRequest.findFirst({
    where: { kind, subject: subjectOf(complaint), state: 'waiting' },
    select: { number: true, filedById: true },
  })
}
