import type { ComplaintLevel } from '../../prisma/client/enums.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { regulationAt, type Regulation } from '../regulations/in-force.ts'
import { alarm } from './alarming.ts'
import { levelClocks } from './clocks.ts'
import { higher, levelOf, levelReasons, type LevelFacts, type LevelFigures, type LevelReason } from './level.ts'
import { lockComplaint, subjectOf, type Complaint } from './queries.ts'
import { remedyOutdated } from './remedying.ts'

/** The thresholds of CMP-06 as they were in force. */
export function levelFigures({ value }: Pick<Regulation, 'value'>): LevelFigures {
  return {
    majorHouseholds: value('complaints.major_households'),
    importantHouseholds: value('complaints.important_households'),
    majorCompensation: value('complaints.major_compensation'),
    importantCompensation: value('complaints.important_compensation'),
    negativeMedia: value('complaints.negative_media'),
  }
}

/**
 * What stands in the complaint itself, and what stands around it: its group, its remedies, whether it came again. A customer
 * counts once in a group, by the most households ever named; money in yuan.
 */
export async function factsOf(tx: Pick<Tx, '$queryRaw'>, complaint: Complaint): Promise<LevelFacts> {
  const [around] = await tx.$queryRaw<[{ households: number; offered: number }]>`
    select
      (select coalesce(sum(most), 0)::int from (
        select max(households) as most from complaint where group_id = ${complaint.groupId} and state <> 'void'
        group by coalesce('c' || customer_id, 'p' || phone_digits, 'i' || id)) one) as households,
      (select coalesce(max(total), 0)::float8 from remedy
        where complaint_id = ${complaint.id} and state in ('draft', 'waiting', 'approved')) as offered`
  return {
    ...complaint,
    households: Math.max(complaint.households, around.households),
    compensation: Math.max(Number(complaint.claim ?? 0), around.offered, Number(complaint.compensation)),
    repeated: complaint.repeatOfId !== null || complaint.escalated > 0,
  }
}

/** CMP-06: why a complaint has the level it has, by the figures it began under. */
export async function reasonsOf(tx: Pick<Tx, '$queryRaw'>, complaint: Complaint): Promise<LevelReason[]> {
  const figures = levelFigures(await regulationAt(complaint.recordedAt))
  return levelReasons(await factsOf(tx, complaint), figures)
}

/**
 * CMP-06: after any change of facts: computes the level of a locked complaint anew; where it rises, writes it down,
 * moves the clocks and tells who must know of a major one. Answers with the level that holds.
 */
export async function relevel(tx: Tx, audit: Audit, id: bigint, now: Date): Promise<ComplaintLevel> {
  const complaint = await lockComplaint(tx, id)
  const reasons = await reasonsOf(tx, complaint)
  // It rises by itself; only the customer service manager lowers it, also where a fact has gone.
  const after = higher(complaint.level, levelOf(reasons, complaint))
  const risen = { ...complaint, level: after }
  if (after !== complaint.level) {
    await writeRise(tx, audit, complaint, after, reasons, now)
    await levelClocks(tx, risen, now)
  }
  // Also at the same level a fact may ask for other signatures than a waiting remedy has.
  await remedyOutdated(tx, audit, risen, now)
  if (after === 'major' && complaint.level !== 'major') await alarm(tx, risen, now)
  return after
}

async function writeRise(
  tx: Tx,
  audit: Audit,
  complaint: Complaint,
  after: ComplaintLevel,
  reasons: LevelReason[],
  now: Date,
): Promise<void> {
  const { id, level: before } = complaint
  const facts = reasons.map(({ fact }) => fact)
  await tx.complaint.update({ where: { id }, data: { level: after, version: { increment: 1 } } })
  await tx.levelChange.create({ data: { complaintId: id, at: now, kind: 'computed', before, after, facts } })
  await audit('complaint.level_computed', subjectOf(complaint), {
    before: { level: before },
    after: { level: after, facts },
  })
}

/** The same for a whole group, whose rows are locked in one order. */
export async function relevelGroup(tx: Tx, audit: Audit, groupId: bigint, now: Date): Promise<void> {
  const members = await tx.$queryRaw<{ id: bigint }[]>`
    select id from complaint where group_id = ${groupId} and state not in ('closed', 'void') order by id for update`
  for (const { id } of members) await relevel(tx, audit, id, now)
}
