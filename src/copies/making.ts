import type { Actor } from '../access/actor.ts'
import { agreementInForce } from '../agreements/in-force.ts'
import { isClassified, needsWindow } from '../archive/levels.ts'
import { itemFor, lockItem, type Item } from '../archive/queries.ts'
import { change, type Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { startDeadlines } from '../deadlines/commands.ts'
import { dateText, dayStart, yearOf } from '../lib/dates.ts'
import { businessNumber } from '../lib/numbers.ts'
import { NotFound, refuseIf, type Refusal } from '../lib/refused.ts'
import type { Making } from './forms.ts'
import { lineIn, lockPermit, type LockedPermit } from './locking.ts'
import { contentOf, type PermitRecord } from './queries.ts'
import { isElectronic, makingProblems } from './rules.ts'
import { isMarkable } from './markable.ts'
import { pagesOf } from './stamping.ts'

/**
 * ARC-13: makes so many numbered copies of one item, and counts them against the permit; answers with their numbers.
 * ARC-06: the permit itself is the right to handle exactly these items for that, with an agreement in force (PRV-14), as
 * long as the customer is in reach.
 */
export async function makeCopies(actor: Actor, permit: PermitRecord, { item, n }: Making, now: Date) {
  const line = permit.lines.find(({ number }) => number === item.toUpperCase())
  if (!line) throw new NotFound()
  await itemFor(actor, line.number)
  // Before the transaction: within it no other connection may be waited for. A level raised meanwhile is refused there.
  if (permit.state === 'approved') refuseIf(await handlingProblems(actor, line, now))
  const content = isElectronic(permit.way) ? await contentOf(line.itemId) : null
  // What cannot be marked page by page is said before a number is used up.
  const pages = permit.state === 'approved' && content && isMarkable(content.type) ? await pagesOf(content) : null
  return change(actor, async (tx, audit) => {
    const held = await lockPermit(tx, permit.id)
    const { permitted, made, secrecy, number } = await lineIn(tx, held.id, line.itemId)
    const locked = await lockItem(tx, line.itemId)
    refuseIf(makingProblems(held, { number, permitted, made, secrecy }, locked, n, dateText(now)))
    const versionN = pages === null ? null : content!.n
    return numbered(tx, audit, actor, { held, item: locked, n, versionN, pages: pages ?? locked.pages }, now)
  })
}

/** PRV-14: whoever handles what is above internal has an agreement in force. */
export async function handlingProblems(actor: Actor, item: Pick<Item, 'secrecy'>, now: Date): Promise<Refusal[]> {
  if (!needsWindow(item.secrecy) || (await agreementInForce(actor.id, now))) return []
  return [{ rule: 'PRV-14', reason: 'copies:refused.noAgreement' }]
}

type Made = { held: LockedPermit; item: Item; n: number; versionN: number | null; pages: number }

async function numbered(tx: Tx, audit: Audit, actor: Actor, made: Made, now: Date): Promise<string[]> {
  const { held, item, n, versionN, pages } = made
  const first = await takeSerials(tx, 'numbered_copy', yearOf(now), n)
  const numbers = Array.from({ length: n }, (_, at) => businessNumber('FB', yearOf(now), first + at))
  const dueAt = dayStart(held.dueOn, 1)
  const of = { permitId: held.id, itemId: item.id, customerId: held.customerId, versionN, pages }
  const rows = await tx.numberedCopy.createManyAndReturn({
    data: numbers.map((number) => ({
      ...of,
      number,
      holder: held.holder,
      madeAt: now,
      madeById: actor.id,
      dueAt,
    })),
    select: { id: true },
  })
  const whose = isClassified(item.secrecy) ? {} : { customerId: held.customerId }
  const clocks = rows.map(({ id }) => ({ subject: `copy:${id}`, ownerId: held.applicantId, dueAt, ...whose }))
  await startDeadlines(tx, 'copy.return', clocks, now)
  const after = { permit: held.number, item: item.number, copies: numbers, holder: held.holder, dueOn: held.dueOn }
  await audit('copy.made', `customer:${held.customerId}`, { after })
  return numbers
}
