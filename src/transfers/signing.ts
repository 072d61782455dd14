import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { dateTimeText } from '../lib/dates.ts'
import { refuseIf, type Refusal } from '../lib/refused.ts'
import { limitFor, meetCheck, meetHandOver, startCheck, startHandOver } from './clocks.ts'
import { saveCounts } from './counting.ts'
import type { CheckInput } from './counting-forms.ts'
import type { ReasonInput } from './forms.ts'
import { held, tell } from './holding.ts'
import { lineOf, sumsOf } from './listing.ts'
import { transferPolicy } from './policy.ts'
import { itemsOf, supplementsOf, type Transfer } from './queries.ts'
import { countProblems, isLate, supplementProblems, unfinishedProblems } from './rules.ts'
import { tellPeople } from './telling.ts'

/** ARC-03, the first signature: A hands the papers over with a list that is whole, in time or with leave. */
export function handOver(actor: Actor, id: bigint, version: number, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const transfer = await held(tx, actor, id, { act: 'hand_over', allow: transferPolicy.officer, version })
    const items = await itemsOf(id, tx)
    refuseIf([...unfinishedProblems(items.map(lineOf)), ...(await lateProblems(transfer, now))])
    const data = { state: 'handed', handedAt: now, backReason: null, version: version + 1 } as const
    await tx.transfer.update({ where: { id }, data })
    await meetHandOver(tx, transfer, now)
    await startCheck(tx, transfer, now)
    await tell(audit, 'transfer.handed', transfer, { after: sumsOf(items) })
    await tellPeople(tx, actor, transfer, { kind: 'transfer.waiting', to: [transfer.checkerId] }, now)
  })
}

/**
 * ARC-03, the second: B counts every item. What was counted is kept whether or not B signs; nobody signs for pages that
 * differ, or while A still owes something.
 */
export function checkTransfer(actor: Actor, id: bigint, { rows, sign, version }: CheckInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const transfer = await held(tx, actor, id, { act: 'check', allow: transferPolicy.checker, version })
    const items = await saveCounts(tx, await itemsOf(id, tx), rows, 'checked')
    if (!sign) {
      await tx.transfer.update({ where: { id }, data: { version: version + 1 } })
      return tell(audit, 'transfer.counted', transfer)
    }
    const counts = countProblems(items.map((item) => countedBy(item, 'checked')))
    const owed = supplementProblems(await supplementsOf(id, tx))
    refuseIf([...counts, ...comparedProblems(items, rows), ...owed, ...(await lateProblems(transfer, now))])
    const data = { state: 'checked', checkedAt: now, backReason: null, version: version + 1 } as const
    await tx.transfer.update({ where: { id }, data })
    await meetCheck(tx, transfer, now)
    await tell(audit, 'transfer.checked', transfer, { after: sumsOf(items) })
    await tellPeople(tx, actor, transfer, { kind: 'transfer.waiting', to: [transfer.archivistId] }, now)
  })
}

/** B to A, with the reason; A's time begins anew, the end of both periods together stays. */
export function returnToOfficer(actor: Actor, id: bigint, { reason, version }: ReasonInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const allow = transferPolicy.checker
    const transfer = await held(tx, actor, id, { act: 'return_to_officer', allow, version })
    const data = { state: 'listing', handedAt: null, backReason: reason, version: version + 1 } as const
    await tx.transfer.update({ where: { id }, data })
    await meetCheck(tx, transfer, now)
    await startHandOver(tx, transfer, now)
    await tell(audit, 'transfer.returned', transfer, { why: reason })
    await tellPeople(tx, actor, transfer, { kind: 'transfer.returned', to: [transfer.officerId] }, now)
  })
}

/** The archivist to B: what was counted stays on the list, so that B sees where it differs. */
export function returnToChecker(actor: Actor, id: bigint, { reason, version }: ReasonInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const allow = transferPolicy.archivist
    const transfer = await held(tx, actor, id, { act: 'return_to_checker', allow, version })
    const data = { state: 'handed', checkedAt: null, backReason: reason, version: version + 1 } as const
    await tx.transfer.update({ where: { id }, data })
    await startCheck(tx, transfer, now)
    await tell(audit, 'transfer.returned', transfer, { why: reason })
    await tellPeople(tx, actor, transfer, { kind: 'transfer.returned', to: [transfer.checkerId] }, now)
  })
}

/** ARC-03: later than both periods together only with a reason and an approval. */
async function lateProblems(transfer: Transfer, now: Date): Promise<Refusal[]> {
  const limit = await limitFor(transfer)
  if (!isLate({ limit, lateApprovedAt: transfer.lateApprovedAt }, now)) return []
  return [{ rule: 'ARC-03', reason: 'transfers:refused.late', params: { limit: dateTimeText(limit) } }]
}

type Items = Awaited<ReturnType<typeof itemsOf>>

export const countedBy = (item: Items[number], who: 'checked' | 'taken') => ({
  ...item,
  counted: who === 'checked' ? item.checkedPages : item.takenPages,
  countedCopies: who === 'checked' ? item.checkedCopies : item.takenCopies,
})

/** ARC-23: whoever signs has compared name and number of each certificate with the list. */
export function comparedProblems(items: Items, rows: CheckInput['rows']): Refusal[] {
  return items
    .filter(({ n, certificate }) => certificate && !rows[n]?.same)
    .map(({ n, title }) => ({
      rule: 'ARC-23',
      reason: 'transfers:refused.notCompared',
      field: `rows.${n}.same`,
      params: { row: n, title },
    }))
}
