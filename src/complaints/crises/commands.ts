import type { ToldUnit } from '../../../prisma/client/enums.ts'
import type { Act } from '../../access/table.ts'
import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf, type Refusal } from '../../lib/refused.ts'
import { meetClock } from '../clocks.ts'
import { progressed } from '../course.ts'
import { holdFor } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import { isOpen } from '../states.ts'
import type { MeetingInput, ReportInput, ToldInput } from './forms.ts'
import { crisisOf } from './gates.ts'
import { peopleNamed } from './queries.ts'
import { isWarned, meetingProblems, momentProblems, namesIn, reportProblems } from './rules.ts'

/** CMP-08: writes the emergency meeting of the crisis team down; it stays as it is. */
export function recordMeeting(actor: Actor, id: bigint, input: MeetingInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await open(tx, actor, id, 'complaints.crisis')
    const { heldAt, place, situation, decisions } = input
    const chairs = await peopleNamed(tx, [input.chair])
    const members = await peopleNamed(tx, namesIn(input.members))
    refuseIf([
      ...meetingProblems(complaint, { chairs, members }),
      ...momentProblems({ at: heldAt, from: complaint.receivedAt, field: 'heldAt' }, now),
    ])
    const chair = chairs.found[0]!
    await tx.crisisMeeting.create({
      data: {
        complaintId: id,
        heldAt,
        place,
        situation,
        decisions,
        chairId: chair.id,
        members: [...new Set([chair, ...members.found].map((one) => one.id))],
        recordedAt: now,
        recordedById: actor.id,
      },
    })
    await entered(tx, complaint, now)
    await audit('complaint.crisis_met', subjectOf(complaint), {
      after: { heldAt, place, chair: chair.name, members: members.found.map(({ name }) => name), situation, decisions },
    })
  })
}

/** CMP-08, CMP-24: writes down whom outside somebody told; once the warning is out its clock is met. */
export function recordTold(actor: Actor, id: bigint, input: ToldInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await open(tx, actor, id, 'complaints.crisis')
    await write(tx, audit, actor, complaint, input, now)
    if (isWarned(await crisisOf(tx, complaint))) await meetClock(tx, 'complaint.warning', complaint, now)
  })
}

/** CMP-13: the result was reported to the unit that passed the complaint on. */
export function recordReport(actor: Actor, id: bigint, input: ReportInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const complaint = await open(tx, actor, id, 'complaints.contact')
    refuseIf(reportProblems(complaint))
    await write(tx, audit, actor, complaint, { ...input, unit: 'reporting_unit' }, now)
    await meetClock(tx, 'complaint.report', complaint, now)
  })
}

/** What is void had no crisis. */
export const openProblems = ({ state }: Pick<Complaint, 'state'>): Refusal[] =>
  state === 'void' ? [{ rule: 'CMP-07', reason: 'complaints:refused.state' }] : []

async function open(tx: Tx, actor: Actor, id: bigint, act: Act): Promise<Complaint> {
  const complaint = await holdFor(tx, actor, id, act)
  refuseIf(openProblems(complaint))
  return complaint
}

type Line = ReportInput & { unit: ToldUnit }
async function write(tx: Tx, audit: Audit, actor: Actor, complaint: Complaint, line: Line, now: Date): Promise<void> {
  const { unit, at, person, way, words } = line
  refuseIf(momentProblems({ at, from: complaint.receivedAt, field: 'at' }, now))
  await tx.toldLine.create({
    data: { complaintId: complaint.id, unit, at, person, way, words, recordedAt: now, byId: actor.id },
  })
  await entered(tx, complaint, now)
  await audit('complaint.crisis_told', subjectOf(complaint), {
    after: { unit, at, person, way, ...(words ? { words } : {}) },
  })
}

async function entered(tx: Tx, complaint: Complaint, now: Date): Promise<void> {
  await tx.complaint.update({ where: { id: complaint.id }, data: { version: { increment: 1 } } })
  if (isOpen(complaint.state)) await progressed(tx, complaint, now)
}
