import { system } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { ask, type Tx } from '../../db.ts'
import { notify } from '../../notices/commands.ts'
import { endPauseStep } from '../pausing.ts'
import { lockComplaint, subjectOf, type Complaint } from '../queries.ts'

/** Another process was faster: thrown so that the empty transaction leaves no trace. */
class Ended extends Error {}

/** CMP-21: a pause whose days are used up ends by itself, once, with the moment at which they were. */
export async function endUsedUp(now: Date, stopped: () => boolean = () => false): Promise<{ ended: number }> {
  const due = await ask<{ complaintId: bigint }>`
    select complaint_id as "complaintId" from complaint_pause
    where until_at is null and most_until <= ${now}::timestamptz order by most_until`
  let ended = 0
  for (const { complaintId } of due) if (!stopped() && (await endOne(complaintId, now))) ended++
  return { ended }
}

async function endOne(id: bigint, now: Date): Promise<boolean> {
  try {
    await change(system, async (tx, audit) => {
      const complaint = await lockComplaint(tx, id)
      const pause = await tx.complaintPause.findFirst({ where: { complaintId: id, untilAt: null } })
      if (!pause || pause.mostUntil > now) throw new Ended()
      await endPauseStep(tx, complaint, now)
      const after = { from: pause.fromAt, until: pause.mostUntil }
      await audit('complaint.pause_ended', subjectOf(complaint), { before: { version: complaint.version }, after })
      await tellHandler(tx, complaint, pause.byId, now)
    })
    return true
  } catch (error) {
    if (error instanceof Ended) return false
    throw error
  }
}

async function tellHandler(tx: Tx, complaint: Complaint, pausedBy: bigint, now: Date): Promise<void> {
  const { number, ownerId, accused } = complaint
  const to = ownerId ?? pausedBy
  if (accused.includes(to)) return
  const notice = { kind: 'complaint.resumed', subject: subjectOf(complaint), href: `/complaints/${number}` } as const
  await notify(tx, [{ ...notice, to, rule: 'CMP-21', params: { number } }], now)
}
