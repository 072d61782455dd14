import type { Actor } from '../../access/actor.ts'
import { fileRequest } from '../../approvals/filing.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { progressed } from '../course.ts'
import { subjectOf, type Complaint } from '../queries.ts'

/** CMP-22: a store's report goes to the supervising department, then to the general manager. */
export async function fileReport(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  complaint: Complaint,
  version: number,
  now: Date,
): Promise<'filed'> {
  await tx.investigationReport.update({ where: { complaintId: complaint.id }, data: { state: 'waiting' } })
  const { value } = await regulationAt(complaint.recordedAt)
  const { departmentId, receivingDepartmentId, regionId, accused, judgedById } = complaint
  const { number } = await fileRequest(
    tx,
    audit,
    actor,
    {
      kind: 'complaint.report',
      subject: subjectOf(complaint),
      place: { departmentId: departmentId ?? receivingDepartmentId, regionId },
      basis: String(version),
      signatures: [{ role: value('complaints.supervising_role') }, { role: 'general_manager' }],
      excluded: [...accused, ...(judgedById === null ? [] : [judgedById])],
    },
    now,
  )
  await progressed(tx, complaint, now)
  await audit('complaint.report_filed', subjectOf(complaint), { after: { approval: number } })
  return 'filed'
}
