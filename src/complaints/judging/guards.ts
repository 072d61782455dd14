import type { Db } from '../../db.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { Complaint } from '../queries.ts'
import { complaintStates } from '../states.ts'

type Reads = Pick<Db, 'investigationReport'>

/** CMP-07: what stands against ending it as not founded: received ones are judged; this is for what turned out otherwise. */
export async function dismissalProblems(from: Reads, complaint: Complaint): Promise<Refusal[]> {
  if (complaint.state === 'received' || complaint.state === 'accepting')
    return [{ rule: 'CMP-07', reason: 'complaints:refused.state' }]
  return [...(await reportingProblems(from, complaint)), ...complaintStates.problems(complaint.state, 'dismiss')]
}

export const voidProblems = async (from: Reads, complaint: Complaint): Promise<Refusal[]> => [
  ...(await reportingProblems(from, complaint)),
  ...complaintStates.problems(complaint.state, 'void'),
]

/** CMP-22: a report that is before somebody is decided first. */
async function reportingProblems(from: Reads, { id }: Complaint): Promise<Refusal[]> {
  const report = await from.investigationReport.findUnique({ where: { complaintId: id }, select: { state: true } })
  return report?.state === 'waiting' ? [{ rule: 'CMP-22', reason: 'judging:refused.reportWaiting' }] : []
}
