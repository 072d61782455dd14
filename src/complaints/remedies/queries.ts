import { Prisma } from '../../../prisma/client/client.ts'
import type { ApprovalState, ComplaintLevel, ComplaintState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { requestsSql, stepsOf, type StepRow } from '../../approvals/reading.ts'
import { visibleCustomersSql } from '../../customers/policy.ts'
import { ask, db, type Tx } from '../../db.ts'
import { visibleComplaintsSql } from '../policy.ts'
import { remedyKind } from '../remedying.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import type { Item } from './rules.ts'

const withItems = { items: { orderBy: { n: 'asc' } } } as const satisfies Prisma.RemedyInclude
const seen = { ...withItems, proposedBy: { select: { name: true } } } as const satisfies Prisma.RemedyInclude
export type Remedy = Prisma.RemedyGetPayload<{ include: typeof withItems }>
export type Draft = Prisma.RemedyGetPayload<{ include: typeof seen }>
export type SeenRemedy = Prisma.RemedyGetPayload<{ include: typeof seen }>

/** What is being written in this round. */
export const draftOf = (tx: Pick<Tx, 'remedy'> | typeof db, { id, round }: Pick<Complaint, 'id' | 'round'>) =>
  (tx as typeof db).remedy.findFirst({ where: { complaintId: id, round, state: 'draft' }, include: seen })

/** As the form writes it; an empty one where nothing is written yet. */
export const asWritten = (draft: Remedy | null): { items: Item[]; reason: string } => ({
  items: (draft?.items ?? []).map(({ kind, text, amount }) => ({ kind, text, amount: amount.toFixed(2) })),
  reason: draft?.reason ?? '',
})

/** All that were proposed, the newest first. For whoever sees the complaint. */
export const remediesOf = (id: bigint): Promise<SeenRemedy[]> =>
  db.remedy.findMany({ where: { complaintId: id }, include: seen, orderBy: [{ round: 'desc' }, { id: 'desc' }] })

export type RemedyRequest = {
  id: bigint
  number: string
  state: ApprovalState
  remedy: string
  filedById: bigint
  filedBy: string
  filedAt: Date
  /** Whether the reader may open it. */
  opens: boolean
}

/** The approvals of a complaint's remedies, the newest first. For whoever sees the complaint. */
export async function requestsOf(actor: Actor, complaint: { id: bigint }, now: Date): Promise<RemedyRequest[]> {
  return ask<RemedyRequest>`
    select r.id, r.number, r.state::text, r.payload ->> 'remedy' as remedy, r.filed_by_id as "filedById",
      f.name as "filedBy", r.filed_at as "filedAt", ${await requestsSql(actor, now)} as opens
    from approval_request r join staff f on f.id = r.filed_by_id
    where r.kind = ${remedyKind} and r.subject = ${subjectOf(complaint)} order by r.id desc`
}

/** Who signed it, who signs, and what whoever sent it back said. */
export const signaturesOn = (request: { id: bigint }): Promise<StepRow[]> => stepsOf(request.id)

/** The returned request that the next one files anew. */
export async function returnedBefore(tx: Tx, complaint: { id: bigint }): Promise<bigint | null> {
  const last = await tx.approvalRequest.findFirst({
    where: { kind: remedyKind, subject: subjectOf(complaint) },
    orderBy: { id: 'desc' },
    select: { id: true, state: true },
  })
  return last?.state === 'returned' ? last.id : null
}

/** What a request asks to be approved; null where it is an old one's. */
export const remedyOfRequest = (payload: unknown): Promise<SeenRemedy | null> => {
  const { remedy } = payload as { remedy?: string }
  return remedy ? db.remedy.findUnique({ where: { id: BigInt(remedy) }, include: seen }) : Promise.resolve(null)
}

export type Earlier = { number: string; title: string; state: ComplaintState; level: ComplaintLevel; recordedAt: Date }

/** The newest other complaints of the same customer that the reader may know of, and how many there are. */
export async function othersOf(
  actor: Actor,
  { id, customerId }: Pick<Complaint, 'id' | 'customerId'>,
): Promise<{ count: number; latest: Earlier[] }> {
  if (customerId === null) return { count: 0, latest: [] }
  const rows = await ask<Earlier & { count: number }>`
    select number, title, state::text, level::text, recorded_at as "recordedAt", count(*) over ()::int as count
    from complaint where customer_id = ${customerId} and id <> ${id} and state <> 'void' and ${visibleComplaintsSql(actor)}
    order by received_at desc limit 5`
  return { count: rows[0]?.count ?? 0, latest: rows }
}

/** The investigation's result, as far as it is written (CMP-09). */
export const conclusionOf = (complaintId: bigint) =>
  db.investigationReport.findUnique({
    where: { complaintId },
    select: { state: true, cause: true, conclusion: true, countermeasure: true },
  })

export async function customerHref(actor: Actor, customerId: bigint, number: string): Promise<string | null> {
  const found = await ask`select from customer where id = ${customerId} and ${visibleCustomersSql(actor)}`
  return found.length > 0 ? `/customers/${number}` : null
}
