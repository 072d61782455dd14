import type { Actor } from '../access/actor.ts'
import type { Ending, Handler, Request } from '../approvals/contract.ts'
import type { Audit } from '../audit/change.ts'
import { calendarAt } from '../calendar/queries.ts'
import { filedAs } from '../customers/approval.ts'
import type { Tx } from '../db.ts'
import { viewingCard } from './card.ts'
import { basisOf, lockViewing } from './queries.ts'
import { movedWindow } from './rules.ts'

const idOf = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('viewing:'.length))

/** ARC-07: once all have signed, exactly these items open in exactly this window. It rests on the items' levels. */
export const archiveViewing: Handler = {
  basis: (tx, request) => basisOf(tx, idOf(request)),
  approve: openWindow,
  ended,
  card: (actor, request, now) => viewingCard(actor, request, idOf(request), now),
}

async function openWindow(tx: Tx, audit: Audit, _decider: Actor, request: Request, now: Date): Promise<void> {
  const viewing = await lockViewing(tx, idOf(request))
  const { from, until } = movedWindow(await calendarAt(now), { from: viewing.fromAt, until: viewing.untilAt }, now)
  const version = viewing.version + 1
  await tx.viewing.update({
    where: { id: viewing.id },
    data: { state: 'approved', fromAt: from, untilAt: until, version },
  })
  const after = { number: viewing.number, from, until, version, ...(await filedAs(tx, request)) }
  const before = { from: viewing.fromAt, until: viewing.untilAt, version: viewing.version }
  await audit('viewing.approved', `customer:${viewing.customerId}`, { before, after })
}

const states = {
  returned: 'returned',
  void: 'returned',
  refused: 'refused',
  withdrawn: 'withdrawn',
  expired: 'ended',
} as const satisfies Record<Ending, string>

async function ended(tx: Tx, audit: Audit, _by: Actor, request: Request, ending: Ending, now: Date): Promise<void> {
  const viewing = await lockViewing(tx, idOf(request))
  const state = states[ending]
  const version = viewing.version + 1
  await tx.viewing.update({
    where: { id: viewing.id },
    data: { state, version, ...(state === 'returned' ? {} : { endedAt: now }) },
  })
  const after = { number: viewing.number, ending, version, ...(await filedAs(tx, request)) }
  await audit('viewing.closed', `customer:${viewing.customerId}`, { before: { version: viewing.version }, after })
}
