import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change, type Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import type { Cancel, Papers, Start } from './forms.ts'
import { lockHandover, type Handover } from './queries.ts'
import {
  cancelProblems,
  finishProblems,
  handoverNumber,
  lastDayProblems,
  runProblems,
  standingProblems,
} from './rules.ts'
import { endMonthClocks } from '../visits/around/handing-over.ts'
import { tellAdministrators, tellHeads } from './telling.ts'
import { leftSeen } from './unseen.ts'

/** ACC-02: from here on nothing more is given to the person, and everything of theirs goes to others. */
export function startHandover(actor: Actor, { staff, leavesOn }: Start, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const leaver = await lockLeaver(tx, actor, staff.toUpperCase())
    const open = await tx.handover.findFirst({
      where: { leaverId: leaver.id, state: 'open' },
      select: { number: true },
    })
    refuseIf([
      ...standingProblems(actor, leaver).map((problem) => ({ ...problem, field: 'staff' })),
      ...(open ? [{ ...refusal('handovers:refused.underWay', 'staff'), params: { number: open.number } }] : []),
      ...lastDayProblems(leavesOn, dateText(now)),
    ])
    const year = yearOf(now)
    const number = handoverNumber(year, await takeSerials(tx, 'handover', year, 1))
    const begun = { number, leaverId: leaver.id, startedById: actor.id, startedAt: now }
    const { id } = await tx.handover.create({ data: { ...begun, leavesOn: dayOf(leavesOn) }, select: { id: true } })
    const after = { number, leaver: leaver.name, leaverNumber: leaver.number, leavesOn }
    await audit('handover.started', `handover:${id}`, { after })
    await audit('handover.started', `staff:${leaver.id}`, { before: { part: `handover:${id}` }, after })
    await tellHeads(tx, actor, 'handover.started', leaver, `/handovers/${number}`, now)
    return number
  })
}

/** ACC-02: the head confirms that papers, lists and devices are back, and what is left elsewhere is deleted. */
export function confirmPapers(actor: Actor, id: bigint, { note, given, version }: Papers, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const handover = await openHandover(tx, actor, id, version)
    if (!given) throw new Refused([refusal('handovers:refused.papersUnticked', 'given')])
    const data = { papersAt: now, papersById: actor.id, papersNote: note, version: version + 1 }
    await tx.handover.update({ where: { id }, data })
    await told(audit, 'handover.papers', handover, { after: { note } })
  })
}

/** Refused while anything is left; then the account can be closed, and who closes accounts is told. */
export function finishHandover(actor: Actor, id: bigint, version: number, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const handover = await openHandover(tx, actor, id, version)
    await tx.$queryRaw`select 1 from staff where id = ${handover.leaverId} for update`
    const { left, others } = await leftSeen(tx, actor, handover.leaverId, now)
    refuseIf(finishProblems(handover, left, others))
    await endMonthClocks(tx, handover.leaverId, now)
    await tx.handover.update({ where: { id }, data: { state: 'done', endedAt: now, version: version + 1 } })
    await told(audit, 'handover.finished', handover, { after: {} })
    await tellAdministrators(tx, handover, now)
  })
}

/**
 * The person stays; what went to others stays with them. Once customers have, somebody else than who began it cancels: one
 * person alone would have moved confirmed customers to new owners (CUS-06).
 */
export function cancelHandover(actor: Actor, id: bigint, { reason, version }: Cancel, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const handover = await openHandover(tx, actor, id, version)
    const went = await tx.handoverLine.count({ where: { handoverId: id, kind: 'customer' } })
    refuseIf(cancelProblems(actor, handover, went))
    await tx.handover.update({ where: { id }, data: { state: 'cancelled', endedAt: now, version: version + 1 } })
    await told(audit, 'handover.cancelled', handover, { after: {}, why: reason })
  })
}

/** Held, under way, this person's to run, and as it was when the page was opened. */
export async function openHandover(tx: Tx, actor: Actor, id: bigint, version: number | null): Promise<Handover> {
  const handover = await lockHandover(tx, id)
  if (!may(actor, 'handovers.run', handover)) throw new Forbidden('handovers.run')
  refuseIf(runProblems(actor, handover))
  if (version !== null && handover.version !== version)
    throw new Refused([refusal('handovers:refused.changedMeanwhile')])
  return handover
}

async function lockLeaver(tx: Tx, actor: Actor, number: string) {
  await tx.$queryRaw`select 1 from staff where number = ${number} for update`
  const leaver = await tx.staff.findUnique({
    where: { number },
    select: { id: true, number: true, name: true, departmentId: true, grants: { select: { role: true } } },
  })
  const place = { ownerId: null, departmentId: leaver?.departmentId ?? null, regionId: null }
  if (!leaver || !may(actor, 'handovers.run', place))
    throw new Refused([{ rule: 'PPL-01', reason: 'handovers:refused.unknown', field: 'staff' }])
  return leaver
}

const refusal = (reason: Refusal['reason'], field?: string): Refusal => ({
  rule: 'ACC-02',
  reason,
  ...(field ? { field } : {}),
})

type Action = 'handover.papers' | 'handover.finished' | 'handover.cancelled'

/** In the trail of the handover, and of the person it is about. */
async function told(audit: Audit, action: Action, handover: Handover, detail: { after: object; why?: string }) {
  const { id, number, version, leaver } = handover
  await audit(action, `handover:${id}`, { before: { version }, ...detail })
  const after = { number, ...detail.after }
  await audit(action, `staff:${leaver.id}`, { ...detail, before: { part: `handover:${id}` }, after })
}
