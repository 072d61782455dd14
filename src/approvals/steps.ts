import type { Tx } from '../db.ts'
import { startDeadlines } from '../deadlines/commands.ts'
import { notify } from '../notices/commands.ts'
import { kindOf, wordOf, type ApprovalKind } from './kinds.ts'
import { signerInstead } from './rerouting.ts'
import { deputiesOf, signersOf, type Step } from './standing.ts'

/** APR-05: the step's turn has come: its clock starts, and who can sign is told. */
export async function openStep(tx: Tx, requestId: bigint, n: number, now: Date): Promise<void> {
  const where = { requestId_n: { requestId, n } }
  // Whoever was to sign when it was filed may be gone by now.
  const instead = n > 1 ? await signerInstead(tx, await tx.approvalStep.findUniqueOrThrow({ where })) : null
  const data = { state: 'open', openedAt: now, ...instead } as const
  const step = await tx.approvalStep.update({ where, data })
  if (kindOf(step.kind as ApprovalKind).clocked)
    await startDeadlines(tx, 'approval.step', [{ subject: `approval_step:${step.id}` }], now)
  await tellSigners(tx, step, now)
}

/** Everybody who can sign now, unless the kind leaves that to the queue; who is named is always told. */
export async function tellSigners(tx: Tx, step: Step & { requestId: bigint }, now: Date): Promise<void> {
  const kind = step.kind as ApprovalKind
  if (!kindOf(kind).told && step.staffId === null) return
  const signers = await signersOf(tx, step)
  const deputies = await deputiesOf(
    tx,
    signers.filter((id) => !step.excluded.includes(id)),
    step.kind,
    now,
  )
  const people = [...new Set([...signers, ...deputies])].filter((id) => !step.excluded.includes(id))
  const { number, filedBy } = await tx.approvalRequest.findUniqueOrThrow({
    where: { id: step.requestId },
    select: { number: true, filedBy: { select: { name: true } } },
  })
  const params = { by: filedBy.name, number, what: { word: `approvals:kind.${wordOf(kind)}` as const } }
  const about = { subject: `approval:${step.requestId}`, href: `/approvals/${number}`, rule: kindOf(kind).rule }
  await notify(
    tx,
    people.map((to) => ({ to, kind: 'approval.waiting', params, ...about })),
    now,
  )
}
