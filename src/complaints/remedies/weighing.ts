import { regulationAt } from '../../regulations/in-force.ts'
import type { Complaint } from '../queries.ts'
import type { Weight } from './rules.ts'

/** CMP-10: what decides who signs, by the regulation the complaint began under. */
export async function weightOf(
  { level, recordedAt }: Pick<Complaint, 'level' | 'recordedAt'>,
  total: string,
): Promise<Weight> {
  const { value } = await regulationAt(recordedAt)
  return {
    authority: value('complaints.authority'),
    level,
    total,
    limit: value('complaints.cs_limit'),
    supervisor: value('complaints.course') === 'store' ? value('complaints.supervising_role') : null,
  }
}
