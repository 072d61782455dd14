import { randomBytes } from 'node:crypto'
import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { Forbidden, NotFound, Refused } from '../../lib/refused.ts'
import { assignComplaint } from '../assigning/commands.ts'
import { linkComplaint } from '../groups/commands.ts'
import { raiseLevel } from '../levels/commands.ts'
import type { AssignTogether, LinkTogether, RaiseTogether, Ticked } from './forms.ts'
import { batchSubject, idsOf, type Act, type Outcome, type Why } from './queries.ts'

export function assignTogether(actor: Actor, { picked, ...wish }: AssignTogether, now: Date): Promise<string> {
  return each(actor, 'assign', picked, (id, version) => assignComplaint(actor, id, { ...wish, version }, now))
}

export function raiseTogether(actor: Actor, { picked, ...wish }: RaiseTogether, now: Date): Promise<string> {
  return each(actor, 'raise', picked, (id, version) => raiseLevel(actor, id, { ...wish, version }, now))
}

export function linkTogether(actor: Actor, { picked, to }: LinkTogether, now: Date): Promise<string> {
  return each(actor, 'link', picked, (id, version) =>
    linkComplaint(actor, id, { other: to, bond: 'group', version }, now),
  )
}

/**
 * Wish 35: one after the other by the same command as alone, each a change of its own: what is refused stays as it is,
 * and the rest is done. What became of each is kept under one number.
 */
async function each(
  actor: Actor,
  act: Act,
  picked: readonly Ticked[],
  work: (id: bigint, version: number) => Promise<unknown>,
): Promise<string> {
  const ids = await idsOf(
    actor,
    picked.map(({ number }) => number),
  )
  const versions = new Map(picked.map(({ number, version }) => [number, version]))
  const outcomes: Outcome[] = picked
    .filter(({ number }) => !ids.has(number))
    .map(({ number }) => ({ number, whys: [unseen] }))
  for (const [number, id] of ids)
    outcomes.push({ number, whys: await whysAgainst(() => work(id, versions.get(number)!)) })
  const batch = randomBytes(8).toString('hex')
  await change(actor, (_tx, audit) =>
    audit('complaints.handled_together', batchSubject(batch), { after: { act, outcomes } }),
  )
  return batch
}

const unseen: Why = { rule: 'CMP-03', reason: 'complaintList:refused.unseen' }
const notYours: Why = { rule: 'PPL-01', reason: 'complaintList:refused.notYours' }

async function whysAgainst(work: () => Promise<unknown>): Promise<Why[]> {
  try {
    await work()
    return []
  } catch (error) {
    if (error instanceof Refused)
      return error.refusals.map(({ rule, reason, params }) => ({ rule, reason, ...(params ? { params } : {}) }))
    if (error instanceof Forbidden) return [notYours]
    if (error instanceof NotFound) return [unseen]
    throw error
  }
}
