import type { Actor } from '../access/actor.ts'
import type { Item } from '../archive/queries.ts'
import { lockItems } from '../archive/queries.ts'
import { change, type Audit } from '../audit/change.ts'
import { calendarAt } from '../calendar/queries.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { yearOf } from '../lib/dates.ts'
import { businessNumber } from '../lib/numbers.ts'
import { NotFound, refuseIf } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { fileToSign, placeOf } from './asking.ts'
import type { Correction, NewViewing } from './forms.ts'
import { askedItems, opensAnyway, waitingProblems } from './judging.ts'
import { lockViewing, type Locked, type Viewing } from './queries.ts'
import { refusal } from './refusing.ts'
import { reasonProblems, windowOf, windowProblems, type Window } from './rules.ts'
import { isEditable, stageOf } from './states.ts'

/** ARC-07: applies to view these items. Where the seal is on paper it is kept, and signed once the sheet came. */
export async function askToView(
  actor: Actor,
  input: NewViewing,
  now: Date,
): Promise<{ number: string; sealed: boolean }> {
  const items = await askedItems(actor, input.items, opensAnyway)
  const { window, sealed } = await judged(input, now)
  return change(actor, async (tx, audit) => {
    const held = await lockItems(
      tx,
      items.map(({ id }) => id),
    )
    refuseIf(await waitingProblems(tx, actor, held))
    const { id, number } = await insertViewing(tx, actor, { ...input, window, items: held }, now)
    const told = { number, items: held.length, from: window.from, until: window.until, purpose: input.purpose }
    await audit('viewing.asked', `customer:${held[0]!.customerId}`, { after: told, why: input.reason })
    if (sealed) await sign(tx, audit, actor, { id, items: held, reason: input.reason }, now)
    return { number, sealed }
  })
}

/** A returned one, or one that waits for its seal, as it is meant by now; a returned one is handed in again. */
export async function correctViewing(
  actor: Actor,
  { id, number, visitor }: Viewing,
  input: Correction,
  now: Date,
): Promise<{ number: string; sealed: boolean }> {
  // ARC-08: what an outsider asked for stands in the registered letter.
  if (visitor) throw refusal('notEditable')
  const items = await askedItems(actor, input.items, opensAnyway)
  const { window, sealed } = await judged(input, now)
  return change(actor, async (tx, audit) => {
    const held = await lockItems(
      tx,
      items.map((item) => item.id),
    )
    const before = await lockOwn(tx, actor, id, input.version, now)
    refuseIf(await waitingProblems(tx, actor, held, id))
    await tx.viewingItem.deleteMany({ where: { viewingId: id } })
    await insertItems(tx, id, held)
    const { purpose, reason } = input
    const { from: fromAt, until: untilAt } = window
    const { customerId } = held[0]!
    const data = { customerId, purpose, reason, fromAt, untilAt, version: before.version + 1 }
    // What was stamped was another sheet.
    await tx.viewing.update({ where: { id }, data: { ...data, sealFileId: null, sealName: null, requestId: null } })
    const told = { number, items: held.length, from: fromAt, until: untilAt, purpose }
    await audit('viewing.refiled', `customer:${customerId}`, { after: told, why: reason })
    const follows = before.requestId
    if (sealed) await sign(tx, audit, actor, { id, items: held, reason, follows }, now)
    return { number, sealed }
  })
}

type ToSign = { id: bigint; items: Item[]; reason: string; follows?: bigint | null; visitor?: boolean }

/** Hands it in; the row then waits. */
export async function sign(tx: Tx, audit: Audit, actor: Actor, toSign: ToSign, now: Date): Promise<void> {
  const [{ departmentId, regionId }] = toSign.items as [Item]
  const place = { departmentId, regionId }
  const filed = await fileToSign(tx, audit, actor, { visitor: false, ...toSign, place, applicant: placeOf(actor) }, now)
  await tx.viewing.update({ where: { id: toSign.id }, data: { state: 'waiting', requestId: filed.id } })
}

async function judged(input: NewViewing, now: Date): Promise<{ window: Window; sealed: boolean }> {
  const [regulation, calendar] = await Promise.all([regulationAt(now), calendarAt(now)])
  refuseIf([
    ...windowProblems(calendar, input, now),
    ...reasonProblems(input.reason, regulation.value('archive.reason_length')),
  ])
  return { window: windowOf(calendar, input, now), sealed: regulation.value('archive.seal') === 'electronic' }
}

type Inserted = Pick<NewViewing, 'purpose' | 'reason'> & { window: Window; items: Item[] }
type More = Partial<Parameters<Tx['viewing']['create']>[0]['data']>

export async function insertViewing(
  tx: Tx,
  actor: Actor,
  { purpose, reason, window, items }: Inserted,
  now: Date,
  more: More = {},
): Promise<{ id: bigint; number: string }> {
  const year = yearOf(now)
  const number = businessNumber('Y', year, await takeSerials(tx, 'viewing', year, 1))
  const { customerId } = items[0]!
  const { from: fromAt, until: untilAt } = window
  const data = { number, customerId, applicantId: actor.id, purpose, reason, fromAt, untilAt, filedAt: now }
  const { id } = await tx.viewing.create({ data: { state: 'returned', ...data, ...more } as never })
  await insertItems(tx, id, items)
  return { id, number }
}

async function insertItems(tx: Tx, viewingId: bigint, items: readonly Item[]): Promise<void> {
  await tx.viewingItem.createMany({ data: items.map(({ id, secrecy }) => ({ viewingId, itemId: id, secrecy })) })
}

/** One's own that can still be changed, as it was when the form was opened. */
export async function lockOwn(tx: Tx, actor: Actor, id: bigint, version: number, now: Date): Promise<Locked> {
  const found = await lockViewing(tx, id)
  if (found.applicantId !== actor.id) throw new NotFound()
  if (!isEditable(stageOf(found, now))) throw refusal('notEditable')
  if (found.version !== version) throw refusal('changedMeanwhile')
  return found
}
