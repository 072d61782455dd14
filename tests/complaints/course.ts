import type { ComplaintState } from '../../prisma/client/enums.ts'
import type { NewComplaint } from '../../src/complaints/taking.ts'
import { db, pool } from '../../src/db.ts'
import { aComplaint, complaintNow } from '../support/complaints.ts'
import { make } from '../support/make.ts'

const idOf = async (name: string) => (await db.department.findFirstOrThrow({ where: { name } })).id

/** A founded complaint at 城东营业部, in the hands of a salesman, whose remedy of this round has been approved. */
export async function handled(state: Exclude<ComplaintState, 'closed'>, more: Partial<NewComplaint> = {}) {
  const department = await idOf('城东营业部')
  const handler = await make.staff([{ role: 'sales', department: '城东营业部' }])
  const taken = await aComplaint({ departmentId: department, ownerId: handler.id, ...more })
  await pool.query(
    `update complaint set state = $2::complaint_state, founded = true, judged_at = recorded_at,
       told_at = case when $2 in ('asking', 'improving') then recorded_at end where id = $1`,
    [taken.id, state],
  )
  await approvedRemedy(taken.id, handler.id, 1)
  return { complaint: await complaintNow(taken), handler }
}

/** As the inbox leaves it: the remedy of a round approved, the complaint on its way to the customer. */
export async function approvedRemedy(id: bigint, by: bigint, round: number): Promise<void> {
  await pool.query(
    `with made as (
       insert into remedy (complaint_id, round, state, reason, total, proposed_by_id, proposed_at, decided_at)
       select id, $3, 'approved', '封条装错', 300, $2, recorded_at, recorded_at from complaint where id = $1 returning id)
     insert into remedy_item (remedy_id, n, kind, text, amount) select id, 1, 'repair', '换装加厚封条', 300 from made`,
    [id, by, round],
  )
}

export const clocksOf = ({ id }: { id: bigint }) =>
  db.deadline.findMany({ where: { subject: `complaint:${id}` }, orderBy: { id: 'asc' } })

export const trailOf = async ({ id }: { id: bigint }) =>
  (await db.auditEntry.findMany({ where: { subject: `complaint:${id}` }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )
