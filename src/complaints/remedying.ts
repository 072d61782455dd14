import type { RemedyState } from '../../prisma/client/enums.ts'
import { system } from '../access/actor.ts'
import { objectChanged } from '../approvals/changing.ts'
import { waitingAbout } from '../approvals/queries.ts'
import { shutOut } from '../approvals/signers.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { moveOn } from './course.ts'
import { subjectOf, type Complaint } from './queries.ts'

export const remedyKind = 'complaint.remedy'

/** PPL-02, CMP-03: who never signs for this complaint, beside whoever proposed. */
const concerned = ({ ownerId, accused }: Pick<Complaint, 'ownerId' | 'accused'>): bigint[] => [
  ...(ownerId === null ? [] : [ownerId]),
  ...accused,
]

/** In yuan, what the approved remedies of all rounds give; one that the customer turned down gives nothing. */
export async function compensationNow(tx: Tx, { id }: { id: bigint }): Promise<string> {
  const taken = [{ accepted: null }, { accepted: true }]
  const where = { complaintId: id, state: 'approved' as const, OR: taken }
  const { _sum } = await tx.remedy.aggregate({ where, _sum: { total: true } })
  return _sum.total?.toFixed(2) ?? '0.00'
}

/** What an approval of a remedy rests on. */
export function remedyBasis(
  { level }: Pick<Complaint, 'level'>,
  { id, version, total }: { id: bigint; version: number; total: { toFixed: (digits: number) => string } },
  signing: readonly bigint[] = [],
): string {
  return [level, id, version, total.toFixed(2), ...signing].join(':')
}

/** The same as it is now; null where no remedy waits. Somebody it concerns who still could sign makes it another. */
export async function remedyBasisNow(tx: Tx, id: bigint): Promise<string | null> {
  const complaint = await tx.complaint.findUnique({
    where: { id },
    select: { level: true, ownerId: true, accused: true, state: true },
  })
  const remedy = await tx.remedy.findFirst({ where: { complaintId: id, state: 'waiting' } })
  if (complaint?.state !== 'approving' || !remedy) return null
  const left = await tx.approvalStep.findMany({
    where: {
      state: { in: ['open', 'waiting'] },
      request: { kind: remedyKind, subject: subjectOf({ id }), state: 'waiting' },
    },
    select: { excluded: true },
  })
  const signing = concerned(complaint).filter((one) => left.some(({ excluded }) => !excluded.includes(one)))
  return remedyBasis(complaint, remedy, signing)
}

/** PPL-02, CMP-03: a new handler, or whom it is now about, does not sign what waits, nor does anybody for them. */
export async function shutOutConcerned(tx: Tx, complaint: Complaint): Promise<void> {
  if (complaint.state !== 'approving') return
  const waiting = await waitingAbout(tx, remedyKind, subjectOf(complaint))
  if (waiting) await shutOut(tx, waiting.id, concerned(complaint))
}

/** CMP-10: what was sent to be signed is not what it was: the approval is void, and the remedy is proposed anew. */
export async function remedyOutdated(tx: Tx, audit: Audit, complaint: Complaint, now: Date): Promise<void> {
  if (complaint.state !== 'approving') return
  await shutOutConcerned(tx, complaint)
  const basis = (await remedyBasisNow(tx, complaint.id)) ?? ''
  const ended = await objectChanged(tx, audit, system, subjectOf(complaint), [{ kind: remedyKind, basis }], now)
  if (ended.length > 0) await sentBack(tx, audit, complaint, 'dropped', now)
}

/** A remedy that was not approved stays as it was; a copy of it is the draft that is worked on. */
export async function sentBack(
  tx: Tx,
  audit: Audit,
  complaint: Complaint,
  state: Extract<RemedyState, 'refused' | 'dropped'>,
  now: Date,
): Promise<void> {
  const waiting = await tx.remedy.findFirst({
    where: { complaintId: complaint.id, state: 'waiting' },
    include: { items: { orderBy: { n: 'asc' } } },
  })
  if (waiting) {
    await tx.remedy.update({ where: { id: waiting.id }, data: { state, decidedAt: now } })
    const { complaintId, round, reason, total, proposedById } = waiting
    const items = waiting.items.map(({ n, kind, text, amount }) => ({ n, kind, text, amount }))
    const data = { complaintId, round, reason, total, proposedById, proposedAt: now, items: { create: items } }
    await tx.remedy.create({ data })
  }
  await moveOn(tx, complaint, 'refuse', {}, now)
  await audit('complaint.remedy_sent_back', subjectOf(complaint), {
    after: { round: complaint.round, state, total: waiting?.total.toFixed(2) ?? '0.00' },
  })
}
