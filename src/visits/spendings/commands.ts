import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { holdOwn } from '../changing/holding.ts'
import { lockVisit, subjectOf, trailOf, type Visit } from '../queries.ts'
import { sumProblems, totalOf, weigh, type Spending, type Weighed } from '../spending.ts'
import { askedChanged, askSpending, isUnasked } from './asking.ts'
import { costsOf, limitFor, type Cost } from './queries.ts'
import { amountProblems, changeProblems, isPlanning, rowProblems, spendingIn, type Row } from './rules.ts'

export type Change = { version: number; removed: readonly bigint[]; rows: readonly Row[]; reason: string | null }
/** `over`: how many of the added are over the limit; `asked`: the number of the request that was filed for them. */
export type Changed = { over: number; asked: string | null }

/**
 * VIS-04, VIS-05: takes costs out and adds others. What is over the limit is asked for: with the plan, or of an arranged
 * visit at once; to take something out is free.
 */
export function changeCosts(actor: Actor, given: Visit, input: Change, now: Date): Promise<Changed> {
  return change(actor, async (tx, audit) => {
    const visit = await holdOwn(tx, actor, given, input.version)
    const before = await costsOf(visit, tx)
    const removed = before.filter(({ id }) => input.removed.includes(id))
    refuseIf(changeProblems(visit, now))
    refuseIf(rowProblems(input.rows))
    refuseIf(amountProblems(before.length, removed.length, input.rows.length))
    const kept = before.filter((one) => !removed.includes(one))
    refuseIf(sumProblems([...kept, ...input.rows.map(spendingIn).map((one) => ({ total: totalOf(one) }))]))
    const weighed = await weighAnew(tx, visit, kept, input.rows.map(spendingIn), now)
    await write(tx, visit, { removed, weighed }, now)
    const part = subjectOf(visit)
    await audit('visit.spendings_changed', trailOf(visit), {
      before: { part, spendings: removed.map(said) },
      after: { visit: visit.number, spendings: weighed.added.map(said), part },
      ...(input.reason ? { why: input.reason } : {}),
    })
    const over = weighed.added.filter(({ state }) => state === 'asked').length
    if (isPlanning(visit)) return { over, asked: null }
    const current = await lockVisit(tx, visit.id)
    await askedChanged(tx, audit, actor, current, now)
    const filed = (await isUnasked(tx, current))
      ? await askSpending(tx, audit, actor, current, now, input.reason)
      : null
    return { over, asked: filed?.number ?? null }
  })
}

/** VIS-04: asks again for what was sent back or taken back, as it stands. Answers with the request's number. */
export function askAgain(actor: Actor, given: Visit, opened: number, now: Date): Promise<string | null> {
  return change(actor, async (tx, audit) => {
    const visit = await holdOwn(tx, actor, given, opened)
    refuseIf(changeProblems(visit, now))
    const filed = await askSpending(tx, audit, actor, visit, now)
    if (!filed) refuseIf([{ rule: 'VIS-04', reason: 'visitDecisions:refused.nothingAsked' }])
    return filed!.number
  })
}

type Anew = { added: Weighed[]; kept: { id: bigint; state: Weighed['state'] }[] }

/** What is decided stays; what is only planned or asked for is weighed anew with what comes in. */
async function weighAnew(tx: Tx, visit: Visit, kept: Cost[], added: readonly Spending[], now: Date): Promise<Anew> {
  const open = kept.filter(({ state }) => state === 'asked' || (isPlanning(visit) && state === 'within'))
  const known = kept.filter((one) => !open.includes(one))
  const limit = await limitFor(visit.ownerId, now, tx)
  const weighed = weigh([...open, ...added], known, limit)
  return {
    kept: open.map(({ id }, at) => ({ id, state: weighed[at]!.state })),
    added: weighed.slice(open.length),
  }
}

async function write(
  tx: Tx,
  visit: Visit,
  { removed, weighed }: { removed: Cost[]; weighed: Anew },
  now: Date,
): Promise<void> {
  const ids = removed.map(({ id }) => id)
  await tx.visitSpending.updateMany({ where: { id: { in: ids } }, data: { removedAt: now } })
  for (const { id, state } of weighed.kept) await tx.visitSpending.update({ where: { id }, data: { state } })
  const rows = weighed.added.map((one) => ({ ...one, visitId: visit.id }))
  if (rows.length > 0) await tx.visitSpending.createMany({ data: rows })
  await tx.visit.update({ where: { id: visit.id }, data: { version: { increment: 1 } } })
}

const said = ({ kind, what, total, state }: Weighed) => ({ kind, what, total, state })
