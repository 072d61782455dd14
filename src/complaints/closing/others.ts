import type { Role } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { rolesWith } from '../../access/roles.ts'
import { holdersAt, type Reads } from '../../approvals/holders.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { notify } from '../../notices/commands.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import type { Left } from './rules.ts'

export type OthersAct = 'complaints.call_back' | 'complaints.close' | 'complaints.leave'

/** CMP-11: who is left to do what those who had a part in it do not do. `hands`: everybody who had one. */
export async function leftFor(
  tx: Reads,
  actor: { id: bigint },
  complaint: Complaint,
  act: OthersAct,
  hands: readonly bigint[],
): Promise<Left> {
  if (!hands.includes(actor.id)) return 'colleague'
  const free = (id: bigint) => !hands.includes(id) && !complaint.accused.includes(id)
  if ((await holdersOf(tx, rolesWith(act), complaint)).some(free)) return 'colleague'
  return (await holdersOf(tx, ['cs_manager'], complaint)).includes(actor.id) ? 'oneself' : 'manager'
}

/** At the responsible department, and at the one that received it. */
async function holdersOf(tx: Reads, roles: readonly Role[], complaint: Complaint): Promise<bigint[]> {
  const { departmentId, receivingDepartmentId, regionId } = complaint
  const there = await holdersAt(tx, roles, { departmentId, regionId })
  return [...there, ...(await holdersAt(tx, roles, { departmentId: receivingDepartmentId, regionId }))]
}

/** CMP-11: what nobody else could do stands in the trail as that, and the general manager hears of it at once. */
export async function noteAlone(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  complaint: Complaint,
  why: string,
  now: Date,
): Promise<void> {
  const { number, accused } = complaint
  await audit('complaint.done_alone', subjectOf(complaint), { after: { state: complaint.state }, why })
  const heads = (await holdersOf(tx, ['general_manager'], complaint)).filter((id) => !accused.includes(id))
  const notice = { kind: 'complaint.done_alone', subject: subjectOf(complaint), href: `/complaints/${number}` } as const
  await notify(
    tx,
    [...new Set(heads)].map((to) => ({ ...notice, to, rule: 'CMP-11', params: { by: actor.name, number } })),
    now,
  )
}
