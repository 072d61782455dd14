import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { meetDeadlines } from '../deadlines/commands.ts'
import { reportIncident } from '../incidents/commands.ts'
import { Forbidden } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import { refusal } from './refusing.ts'
import type { Reviewed } from './forms.ts'
import { viewingPolicy } from './policy.ts'
import { lockViewing, type Locked, type Viewing } from './queries.ts'
import { stageOf } from './states.ts'

/** Wish 21: somebody else judges it afterwards. Without good grounds the window ends and an incident is recorded. */
export async function reviewEmergency(actor: Actor, viewing: Viewing, input: Reviewed, now: Date): Promise<void> {
  if (!viewingPolicy.review(actor, viewing)) throw new Forbidden('viewings.review')
  await change(actor, async (tx, audit) => {
    const found = await lockViewing(tx, viewing.id)
    if (!found.emergency || found.reviewedAt) throw refusal('notToReview')
    if (found.applicantId === actor.id) throw refusal('ownReview')
    if (found.version !== input.version) throw refusal('changedMeanwhile')
    const { id, number, customerId } = found
    const justified = input.verdict === 'justified'
    const ends = !justified && stageOf(found, now) === 'open'
    const version = found.version + 1
    const data = { reviewedAt: now, reviewedById: actor.id, reviewNote: input.note, justified, version }
    await tx.viewing.update({
      where: { id },
      data: { ...data, ...(ends ? { state: 'ended', endedAt: now, endReason: input.note } : {}) },
    })
    await meetDeadlines(tx, 'viewing.review', [`viewing:${id}`], now)
    const incident = justified ? null : await reportIncident(tx, audit, actor, incidentOf(found, input.note), now)
    const after = { number, verdict: input.verdict, ...(incident ? { incident } : {}), version }
    await audit('viewing.reviewed', `customer:${customerId}`, {
      before: { version: found.version },
      after,
      why: input.note,
    })
    await tellViewer(tx, actor, found, justified, now)
  })
}

/** ARC-20: an overreach, told of at once to those who have to act. */
const incidentOf = (viewing: Locked, note: string) => ({
  kind: 'overreach' as const,
  happenedAt: viewing.fromAt,
  what: `${viewing.number}：${note}`,
  customerId: viewing.customerId,
  itemId: viewing.items.length === 1 ? viewing.items[0]!.itemId : null,
})

async function tellViewer(tx: Tx, actor: Actor, { id, number, applicantId }: Locked, justified: boolean, now: Date) {
  const state = { word: justified ? 'viewings:show.justified' : 'viewings:show.unjustified' } as const
  const params = { by: actor.name, number, state }
  const notice = { subject: `viewing:${id}`, href: `/viewings/${number}`, params }
  await notify(tx, [{ to: applicantId, kind: 'viewing.reviewed', rule: 'ARC-07', ...notice }], now)
}
