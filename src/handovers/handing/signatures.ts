import { isKind, wordOf } from '../../approvals/kinds.ts'
import { maySignInstead } from '../../approvals/signers.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Refused } from '../../lib/refused.ts'
import { notify, type NewNotice } from '../../notices/commands.ts'
import type { Work } from '../kinds.ts'

/** APR-01: a signature asked of the leaver by name is asked of another, who must not be one it concerns (PPL-02). */
export async function handSignatures(tx: Tx, audit: Audit, { ids, from, to, why, now }: Work): Promise<bigint[]> {
  const steps = await lockSteps(tx, ids, from.id)
  const own = steps.find(({ excluded, filedById }) => filedById === to.id || excluded.includes(to.id))
  if (own) {
    const params = { name: to.name, number: own.request.number }
    throw new Refused([{ rule: 'PPL-02', reason: 'handovers:refused.ownRequest', field: 'to', params }])
  }
  for (const { request } of steps)
    if (!(await maySignInstead(tx, request, to.id))) {
      const params = { name: to.name, number: request.number }
      throw new Refused([{ rule: 'APR-01', reason: 'handovers:refused.signer', field: 'to', params }])
    }
  await tx.approvalStep.updateMany({ where: { id: { in: steps.map(({ id }) => id) } }, data: { staffId: to.id } })
  for (const { request } of steps)
    await audit('handover.signature', request.subject, {
      before: { owner: from.name },
      after: { owner: to.name, number: request.number },
      why,
    })
  const open = steps.filter(({ state }) => state === 'open')
  await notify(
    tx,
    open.flatMap((step) => noticeOf(step, to.id)),
    now,
  )
  return steps.map(({ id }) => id)
}

type Step = Awaited<ReturnType<typeof lockSteps>>[number]

async function lockSteps(tx: Tx, ids: bigint[], staffId: bigint) {
  await tx.$queryRaw`
    select 1 from approval_request where id in (select request_id from approval_step where id = any(${ids}::bigint[]))
    order by id for update`
  return tx.approvalStep.findMany({
    where: { id: { in: ids }, staffId, state: { in: ['open', 'waiting'] }, request: { state: 'waiting' } },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      kind: true,
      state: true,
      excluded: true,
      filedById: true,
      request: {
        select: { id: true, number: true, subject: true, customerId: true, filedBy: { select: { name: true } } },
      },
    },
  })
}

function noticeOf({ kind, request }: Step, to: bigint): NewNotice[] {
  if (!isKind(kind)) return []
  const { id, number, filedBy } = request
  const params = { by: filedBy.name, number, what: { word: `approvals:kind.${wordOf(kind)}` as const } }
  return [
    { to, kind: 'approval.waiting', subject: `approval:${id}`, href: `/approvals/${number}`, params, rule: 'APR-01' },
  ]
}
