import type { CopyState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { cancelDeadlines, meetDeadlines } from '../deadlines/commands.ts'
import { reportIncident } from '../incidents/commands.ts'
import { translate } from '../i18n.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import { endMovementsOf } from '../movements/ending.ts'
import type { Destruction, Loss, Return } from './forms.ts'
import type { CopyRecord } from './queries.ts'
import { witnessProblems } from './rules.ts'
import { copyStates, type CopyAct } from './states.ts'

type Ending = { note: string | null; version: number; witnessId?: bigint }

/** ARC-13: the copy is back in the archive. */
export function takeBack(actor: Actor, record: CopyRecord, { note, version }: Return, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    await end(tx, audit, actor, record, 'take_back', { note, version }, now)
    const { id, number } = record.copy
    await endMovementsOf(tx, audit, { of: 'copy', id, number, customerId: record.customerId }, now)
    await meetDeadlines(tx, 'copy.return', [`copy:${record.copy.id}`], now)
  })
}

/** ARC-13: destroyed by one person before another. */
export function destroyCopy(actor: Actor, record: CopyRecord, input: Destruction, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const number = input.witness.split(' ')[0]!.toUpperCase()
    await tx.$queryRaw`select 1 from staff where number = ${number} for key share`
    const witness = await tx.staff.findFirst({ where: { number, state: 'active' }, select: { id: true } })
    refuseIf(witnessProblems(actor.id, witness?.id ?? null))
    await end(tx, audit, actor, record, 'destroy', { ...input, witnessId: witness!.id }, now)
    await meetDeadlines(tx, 'copy.return', [`copy:${record.copy.id}`], now)
  })
}

/** ARC-20: a lost copy is an incident; answers with its number. */
export function loseCopy(actor: Actor, record: CopyRecord, { note, version }: Loss, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    await end(tx, audit, actor, record, 'lose', { note, version }, now)
    await cancelDeadlines(tx, 'copy.return', [`copy:${record.copy.id}`], now)
    const line = record.lines.find(({ number }) => number === record.copy.itemNumber)!
    const { number, holder } = record.copy
    const what = translate.zh('copies:incident', { number, item: line.number, holder, note })
    return reportIncident(
      tx,
      audit,
      actor,
      { kind: 'loss', what, customerId: record.customerId, itemId: line.itemId },
      now,
    )
  })
}

const actions = { take_back: 'copy.returned', destroy: 'copy.destroyed', lose: 'copy.lost' } as const

async function end(tx: Tx, audit: Audit, actor: Actor, record: CopyRecord, act: CopyAct, ending: Ending, now: Date) {
  const { copy, number: permit, customerId } = record
  const { note, version, witnessId } = ending
  const [held] = await tx.$queryRaw<{ state: CopyState; version: number }[]>`
    select state::text, version from numbered_copy where id = ${copy.id} for update`
  const state = copyStates.next(held!.state, act)
  if (held!.version !== version) throw new Refused([{ rule: 'ARC-13', reason: 'copies:refused.changed' }])
  const people = { endedById: actor.id, ...(witnessId ? { witnessId } : {}) }
  const data = { state, endedAt: now, ...people, endNote: note, version: version + 1 }
  await tx.numberedCopy.update({ where: { id: copy.id }, data })
  const after = { copyNumber: copy.number, permit, item: copy.itemNumber, state }
  await audit(actions[act], `customer:${customerId}`, { after, ...(note && act !== 'lose' ? { why: note } : {}) })
}
