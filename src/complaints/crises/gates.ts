import type { Tx } from '../../db.ts'
import { holdersAt } from '../../approvals/holders.ts'
import type { Refusal } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { factsOf, levelFigures } from '../leveling.ts'
import type { Complaint } from '../queries.ts'
import { crisisProblems, missingReportsOf, type Crisis } from './rules.ts'

type Reads = Pick<Tx, '$queryRaw'>

/** What rules.ts judges a complaint's crisis by, as things stand now. */
export async function crisisOf(tx: Reads, complaint: Complaint): Promise<Crisis> {
  const regulation = await regulationAt(complaint.recordedAt)
  const { households } = await factsOf(tx, complaint)
  const [found] = await tx.$queryRaw<[{ met: boolean; told: string[] }]>`
    select exists (select from crisis_meeting where complaint_id = ${complaint.id}) as met,
      array(select distinct unit::text from told_line where complaint_id = ${complaint.id}) as told`
  return {
    level: complaint.level,
    exposed: complaint.media !== 'none',
    grouped: households >= levelFigures(regulation).importantHouseholds,
    authority: regulation.value('complaints.authority'),
    met: found.met,
    told: found.told as Crisis['told'],
  }
}

/** CMP-08, CMP-24: what stands between a remedy and its approval. */
export const gateProblems = async (tx: Reads, complaint: Complaint): Promise<Refusal[]> =>
  crisisProblems(await crisisOf(tx, complaint))

/** CMP-10, preset mall: whom an important or major complaint is still to be filed with before it is closed. */
export const missingReports = async (tx: Reads, complaint: Complaint): Promise<Refusal[]> =>
  missingReportsOf(await crisisOf(tx, complaint))

/**
 * CMP-08: whether the head of the responsible department and the customer service manager negotiated this round's remedy
 * of a major complaint with the customer, the two of them; of others nobody asks.
 */
export async function negotiated(tx: Reads, complaint: Complaint): Promise<boolean> {
  if (complaint.level !== 'major') return true
  const heads = await holdersAt(tx, 'dept_head', complaint)
  const managers = await holdersAt(tx, 'cs_manager', complaint)
  const [found] = await tx.$queryRaw<[{ done: boolean }]>`
    select exists (select from complaint_contact
      where complaint_id = ${complaint.id} and round = ${complaint.round} and purpose = 'negotiation' and reached
        and by_id <> with_id
        and ((by_id = any(${heads}::bigint[]) and with_id = any(${managers}::bigint[]))
          or (by_id = any(${managers}::bigint[]) and with_id = any(${heads}::bigint[])))) as done`
  return found.done
}
