import type { Tx } from '../db.ts'
import { startDeadlines } from '../deadlines/commands.ts'
import { notify } from '../notices/commands.ts'
import { kindOf, wordOf, type ApprovalKind } from './kinds.ts'
import { deputiesOf, signersOf } from './standing.ts'

/** APR-05: the step's turn has come: its clock starts, and who can sign is told. */
export async function openStep(tx: Tx, requestId: bigint, n: number, now: Date): Promise<void> {
  const step = await tx.approvalStep.update({
    where: { requestId_n: { requestId, n } },
    data: { state: 'open', openedAt: now },
    include: { request: { select: { number: true, filedBy: { select: { name: true } } } } },
  })
  const { clocked, told, rule } = kindOf(step.kind as ApprovalKind)
  if (clocked) await startDeadlines(tx, 'approval.step', [{ subject: `approval_step:${step.id}` }], now)
  if (!told) return
  const signers = await signersOf(tx, step)
  const deputies = await deputiesOf(tx, signers, step.kind, now)
  const people = [...new Set([...signers, ...deputies])].filter((id) => !step.excluded.includes(id))
  const { number, filedBy } = step.request
  const params = {
    by: filedBy.name,
    number,
    what: { word: `approvals:kind.${wordOf(step.kind as ApprovalKind)}` as const },
  }
  const notice = {
    kind: 'approval.waiting',
    subject: `approval:${requestId}`,
    href: `/approvals/${number}`,
    params,
    rule,
  } as const
  await notify(
    tx,
    people.map((to) => ({ to, ...notice })),
    now,
  )
}
