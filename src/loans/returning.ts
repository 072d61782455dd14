import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { lockItem, type Item } from '../archive/queries.ts'
import { change, type Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { meetDeadlines } from '../deadlines/commands.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import { endMovementsOf } from '../movements/ending.ts'
import { noteDifference } from './differing.ts'
import type { Return } from './forms.ts'
import { loanFor, lockLoan, partOf, type HeldLoan } from './queries.ts'
import { conditionIn, conditionText, differencesOf, noteProblems, takerProblems, type Difference } from './rules.ts'

export type Returned = { item: Item; incident: string | null }

/**
 * ARC-11: takes an item back and ends its line at once, whatever else is the matter: nothing blocks a return but that its
 * two names are missing. What differs is written down and becomes an incident note.
 */
export async function takeBack(actor: Actor, input: Return, now: Date): Promise<Returned> {
  const seen = await loanFor(actor, input.loan)
  return change(actor, async (tx, audit) => {
    const item = await lockItem(tx, seen.itemId)
    if (!may(actor, 'loans.run', item)) throw new Forbidden('loans.run')
    const loan = await lockLoan(tx, seen.id)
    await refuseReturned(tx, loan)
    const bringer = await bringerOf(tx, input.bringer)
    const lent = { pages: loan.pages, copies: loan.copies, condition: conditionIn(loan.condition).condition }
    const differences = differencesOf(lent, input)
    refuseIf([...takerProblems(actor.id, loan.borrowerId, bringer.id), ...noteProblems(differences, input.note)])
    const back = { loan, item, input, bringer, differences }
    await enter(tx, audit, actor, back, now)
    const incident = differences.length > 0 ? await noteDifference(tx, audit, actor, back, now) : null
    return { item, incident }
  })
}

async function refuseReturned(tx: Tx, { returnedAt, takenById, number }: HeldLoan): Promise<void> {
  if (!returnedAt) return
  const taker = await tx.staff.findUnique({ where: { id: takenById ?? 0n }, select: { name: true } })
  const params = { loan: number, by: taker?.name ?? '', at: dateTimeText(returnedAt) }
  throw new Refused([{ rule: 'ARC-11', reason: 'loans:refused.returnedBy', field: 'loan', params }])
}

/** Whoever brings it: the borrower, or a colleague; also one whose account is closed by now. */
async function bringerOf(tx: Tx, typed: string) {
  const bringer = await tx.staff.findUnique({
    where: { number: typed.toUpperCase() },
    select: { id: true, name: true, number: true },
  })
  if (bringer) return bringer
  throw new Refused([{ rule: 'ARC-11', reason: 'loans:refused.noBringer', field: 'bringer' }])
}

export type Back = {
  loan: HeldLoan
  item: Item
  input: Return
  bringer: { id: bigint; name: string }
  differences: Difference[]
}

async function enter(tx: Tx, audit: Audit, actor: Actor, { loan, item, input, bringer, differences }: Back, now: Date) {
  const { pages, copies, note } = input
  const difference = differences.length > 0 ? note : null
  await tx.loan.update({
    where: { id: loan.id },
    data: {
      returnedAt: now,
      broughtById: bringer.id,
      takenById: actor.id,
      pagesBack: pages,
      difference,
      conditionBack: conditionText(input),
      version: loan.version + 1,
    },
  })
  await meetDeadlines(tx, 'loan.return', [partOf(loan)], now)
  await endUsedUp(tx, loan.applicationId, now)
  await endMovementsOf(tx, audit, { of: 'loan', ...loan }, now)
  await audit('loan.returned', `customer:${loan.customerId}`, {
    after: {
      loan: loan.number,
      item: item.number,
      borrower: loan.borrower.name,
      bringer: bringer.name,
      pages,
      copies,
      condition: input.condition,
      late: now > loan.dueAt,
      dueOn: dateText(new Date(loan.dueAt.getTime() - 1)),
      ...(note ? { note } : {}),
      part: partOf(loan),
    },
  })
}

/** ARC-10: an application is good for one loan of each of its items; with the last one back it has ended. */
async function endUsedUp(tx: Tx, id: bigint, now: Date): Promise<void> {
  await tx.$executeRaw`
    update loan_application a set state = 'ended', ended_at = ${now}::timestamptz, version = version + 1
    where id = ${id} and state = 'approved' and not exists (
      select from loan_application_item n where n.application_id = a.id and not exists (
        select from loan l where l.application_id = a.id and l.item_id = n.item_id and l.returned_at is not null))`
}
