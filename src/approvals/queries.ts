import { Prisma } from '../../prisma/client/client.ts'
import type { Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import type { Asked, Request } from './contract.ts'
import type { ApprovalKind } from './kinds.ts'

/**
 * A request held until the transaction ends: who decides second finds it decided (APR-02). The customer it is about is
 * held first, as every command does that changes one: otherwise the two would wait for each other.
 */
export async function lockRequest(tx: Tx, id: bigint): Promise<Request> {
  await tx.$queryRaw`
    select 1 from customer where id = (select customer_id from approval_request where id = ${id}) for no key update`
  const [found] = await tx.$queryRaw<{ id: bigint }[]>`select id from approval_request where id = ${id} for update`
  if (!found) throw new NotFound()
  return requestOf(await tx.approvalRequest.findUniqueOrThrow({ where: { id } }))
}

type Row = Prisma.ApprovalRequestGetPayload<object>

export function requestOf({ kind, asked, amount, ...row }: Row): Request {
  return { ...row, kind: kind as ApprovalKind, asked: asked as unknown as Asked[], amount: amount?.toFixed(2) ?? null }
}

/** The step whose turn it is. */
export function openStepOf(tx: Tx, requestId: bigint) {
  return tx.approvalStep.findFirst({ where: { requestId, state: 'open' } })
}

/** Who decided last, for whoever comes second. */
export function lastDecision(tx: Tx, requestId: bigint) {
  return tx.approvalStep.findFirst({
    where: { requestId, decidedAt: { not: null } },
    orderBy: { decidedAt: 'desc' },
    select: { state: true, decidedAt: true, decidedBy: { select: { name: true } }, for: { select: { name: true } } },
  })
}

/** The request of a kind about an object that waits: there is one at most. */
export function waitingAbout(tx: Tx, kind: ApprovalKind, subject: string) {
  return tx.approvalRequest.findFirst({
    where: { kind, subject, state: 'waiting' },
    select: { id: true, number: true },
  })
}
