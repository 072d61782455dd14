import type { Actor } from '../../access/actor.ts'
import { rolesWith } from '../../access/roles.ts'
import { holdersAt } from '../../approvals/holders.ts'
import type { Tx } from '../../db.ts'
import { notify } from '../../notices/commands.ts'
import type { Complaint } from '../queries.ts'
import { measureNumber, subjectOf } from './queries.ts'
import { openStates } from './states.ts'

/**
 * CMP-03, CMP-18: a measure whose owner or checker the complaint turns out to be about waits for somebody else; whoever
 * names them hears of it at once, and the customer service manager where nobody may name them.
 */
export async function tellUnmanned(tx: Tx, actor: Actor, complaint: Complaint, added: readonly bigint[], now: Date) {
  const theirs = { in: [...added] }
  const measures = await tx.correctiveAction.findMany({
    where: {
      complaintId: complaint.id,
      state: { in: [...openStates] },
      OR: [{ ownerId: theirs, verifiedAt: null }, { checkerId: theirs }],
    },
    select: { id: true, n: true },
    orderBy: { n: 'asc' },
  })
  if (measures.length === 0) return
  const people = await namers(tx, complaint)
  const notices = measures.flatMap(({ id, n }) => {
    const number = measureNumber(complaint.number, n)
    const notice = { kind: 'measure.unmanned', subject: subjectOf({ id }), href: `/measures/${number}` } as const
    return people.map((to) => ({ ...notice, to, rule: 'CMP-18', params: { number, by: actor.name }, urgent: true }))
  })
  await notify(tx, notices, now)
}

async function namers(
  tx: Tx,
  { departmentId, receivingDepartmentId, regionId, accused }: Complaint,
): Promise<bigint[]> {
  for (const roles of [rolesWith('measures.approve'), ['cs_manager' as const]]) {
    const there = await holdersAt(tx, roles, { departmentId, regionId })
    const received = await holdersAt(tx, roles, { departmentId: receivingDepartmentId, regionId })
    const free = [...new Set([...there, ...received])].filter((id) => !accused.includes(id))
    if (free.length > 0) return free
  }
  return []
}
