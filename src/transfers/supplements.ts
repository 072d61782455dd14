import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { calendarAt } from '../calendar/queries.ts'
import { closeOf } from '../calendar/reckoning.ts'
import { meetDeadlines, startDeadlines } from '../deadlines/commands.ts'
import { dateText } from '../lib/dates.ts'
import { dayOrNull } from '../lib/days.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import type { SupplementInput } from './forms.ts'
import { held, tell } from './holding.ts'
import { transferPolicy } from './policy.ts'
import type { OneSupplement } from './queries.ts'
import { tellPeople } from './telling.ts'

const mostOwed = 50

/** ARC-03: B's dated list to A of what is missing or not signed; each line with a clock of its own. */
export function askSupplements(actor: Actor, id: bigint, input: SupplementInput, now: Date): Promise<number> {
  return change(actor, async (tx, audit) => {
    const { what, dueOn, version } = input
    const transfer = await held(tx, actor, id, { act: 'supplement', allow: transferPolicy.checker, version })
    refuseIf(askedProblems(what, dueOn, dateText(now)))
    const last = await tx.supplement.count({ where: { transferId: id } })
    const rows = what.map((one, at) => ({
      transferId: id,
      n: last + at + 1,
      what: one,
      askedAt: now,
      dueOn: dayOrNull(dueOn)!,
    }))
    const made = await tx.supplement.createManyAndReturn({ data: rows, select: { id: true } })
    await tx.transfer.update({ where: { id }, data: { version: version + 1 } })
    const dueAt = closeOf(await calendarAt(now), dueOn)
    const { customerId, officerId: ownerId } = transfer
    const clocks = made.map((one) => ({ subject: `supplement:${one.id}`, customerId, ownerId, dueAt }))
    await startDeadlines(tx, 'transfer.supplement', clocks, now)
    await tell(audit, 'transfer.supplement_asked', transfer, { after: { supplements: what.length, dueOn } })
    const more = { items: what.length, due: dueOn }
    await tellPeople(tx, actor, transfer, { kind: 'transfer.supplement', to: [ownerId], more }, now)
    return what.length
  })
}

/** B has it, and says what came. */
export function settleSupplement(actor: Actor, record: OneSupplement, note: string, now: Date): Promise<void> {
  return onOne(actor, record, 'settle', async (tx, audit, transfer, { id, n }) => {
    await tx.supplement.update({ where: { id }, data: { settledAt: now, settledNote: note } })
    await meetDeadlines(tx, 'transfer.supplement', [`supplement:${id}`], now)
    await tell(audit, 'transfer.supplement_settled', transfer, { after: { supplement: n }, why: note })
  })
}

/** ARC-03: it may follow after the signature, for this reason; the clock runs on. */
export function letFollow(actor: Actor, record: OneSupplement, reason: string): Promise<void> {
  return onOne(actor, record, 'supplement', async (tx, audit, transfer, { id, n }) => {
    await tx.supplement.update({ where: { id }, data: { followWhy: reason } })
    await tell(audit, 'transfer.supplement_follows', transfer, { after: { supplement: n }, why: reason })
  })
}

type Work = (
  tx: Parameters<Parameters<typeof change>[1]>[0],
  audit: Parameters<Parameters<typeof change>[1]>[1],
  transfer: Awaited<ReturnType<typeof held>>,
  supplement: OneSupplement['supplement'],
) => Promise<void>

function onOne(actor: Actor, { id, supplement }: OneSupplement, act: 'settle' | 'supplement', work: Work) {
  return change(actor, async (tx, audit) => {
    const transfer = await held(tx, actor, id, { act, allow: transferPolicy.checker })
    const now = await tx.supplement.findUniqueOrThrow({ where: { id: supplement.id } })
    if (now.settledAt) throw new Refused([{ rule: 'ARC-03', reason: 'transfers:refused.settledAlready' }])
    await work(tx, audit, transfer, now)
  })
}

function askedProblems(what: readonly string[], dueOn: string, today: string) {
  const tooMany = what.length > mostOwed || what.some((one) => [...one].length > 200)
  return [
    ...(tooMany ? [{ rule: 'ARC-03', reason: 'transfers:refused.longSupplement', field: 'what' } as const] : []),
    ...(dueOn < today ? [{ rule: 'ARC-03', reason: 'transfers:refused.duePast', field: 'dueOn' } as const] : []),
  ]
}
