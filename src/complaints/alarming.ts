import { holdersAt } from '../approvals/holders.ts'
import type { Tx } from '../db.ts'
import { notify } from '../notices/commands.ts'
import { subjectOf, type Complaint } from './queries.ts'

/** CMP-08: who must know of a major complaint at once: the responsible head, customer service, the general manager. */
export async function alarm(tx: Tx, complaint: Complaint, now: Date): Promise<void> {
  const { number, accused } = complaint
  const people = await holdersAt(tx, ['dept_head', 'cs_manager', 'general_manager'], complaint)
  const told = people.filter((id) => !accused.includes(id))
  const notice = { kind: 'complaint.major', subject: subjectOf(complaint), href: `/complaints/${number}` } as const
  await notify(
    tx,
    told.map((to) => ({ ...notice, to, rule: 'CMP-08', params: { number }, urgent: true })),
    now,
  )
}
