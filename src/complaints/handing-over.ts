import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'
import { handOnClocks } from './clocks.ts'
import { lockHandler } from './handlers.ts'
import { isAccused } from './policy.ts'
import { lockComplaint, subjectOf, type Complaint } from './queries.ts'
import { shutOutConcerned } from './remedying.ts'

type Party = { id: bigint; name: string }
type HandingOver = { actor: { id: bigint }; ids: bigint[]; from: Party; to: Party; why: string; now: Date }

/**
 * ACC-02: the open complaints of a handler who leaves go to another, as they would be assigned: never to whom one is about
 * (CMP-03), and only to who may handle it there. When they are due does not change.
 */
export async function handComplaintsOver(tx: Tx, audit: Audit, work: HandingOver): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    select id from complaint where id = any(${work.ids}::bigint[]) and owner_id = ${work.from.id}
      and state not in ('closed', 'void') order by id for update`
  for (const { id } of rows) await handOver(tx, audit, await lockComplaint(tx, id), work)
  return rows.map(({ id }) => id)
}

async function handOver(tx: Tx, audit: Audit, complaint: Complaint, { actor, from, to, why, now }: HandingOver) {
  const { id, number, version, departmentId } = complaint
  const params = { name: to.name, number }
  if (isAccused(actor, complaint))
    throw new Refused([{ rule: 'CMP-03', reason: 'complaints:refused.handOverNotYours' }])
  if (isAccused(to, complaint))
    throw new Refused([{ rule: 'CMP-03', reason: 'complaints:refused.handOverAccused', field: 'to', params }])
  if (!(await lockHandler(tx, complaint, { departmentId, ownerId: to.id })))
    throw new Refused([{ rule: 'CMP-13', reason: 'complaints:refused.handOverReceiver', field: 'to', params }])
  await tx.complaint.update({ where: { id }, data: { ownerId: to.id, version: version + 1 } })
  const handed = { ...complaint, ownerId: to.id }
  await handOnClocks(tx, handed, now)
  await shutOutConcerned(tx, handed)
  await audit('complaint.handed_over', subjectOf(complaint), {
    before: { owner: from.name, version },
    after: { owner: to.name, version: version + 1 },
    why,
  })
}
