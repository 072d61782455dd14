import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { isClassified } from '../archive/levels.ts'
import { itemFor, lockItem, type Item } from '../archive/queries.ts'
import { change, type Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { startDeadlines } from '../deadlines/commands.ts'
import { endText } from '../deadlines/tag.ts'
import { dateTimeText, yearOf } from '../lib/dates.ts'
import { businessNumber } from '../lib/numbers.ts'
import { Forbidden, NotFound, Refused, refuseIf } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import { applicationFor, lockApplication, type HeldApplication } from './applications.ts'
import { itemNumbers, type Lend } from './forms.ts'
import { applicationProblems, borrowerProblems, countProblems, signatureProblems } from './lending-problems.ts'
import { partOf } from './queries.ts'
import { conditionText, dueMoment, itemProblems } from './rules.ts'

/**
 * ARC-10, ARC-12: hands an item out on an approved application, counted and looked at. All that was asked before is asked
 * again; of many clerks at once one does it, and the others are told who did. Answers with the number of the loan.
 */
export async function lendItem(actor: Actor, input: Lend, now: Date): Promise<string> {
  const seen = await itemFor(actor, itemNumbers(input.item)[0] ?? '')
  const { id: applicationId } = await applicationFor(actor, input.application)
  if (isClassified(seen.secrecy) && !seen.known)
    throw new Refused([{ rule: 'ARC-02', reason: 'loans:refused.notKeeper', field: 'item' }])
  return change(actor, async (tx, audit) => {
    const item = await lockItem(tx, seen.id)
    if (!may(actor, 'loans.run', item)) throw new Forbidden('loans.run')
    await refuseLent(tx, item)
    const application = await lockApplication(tx, applicationId)
    refuseIf([
      ...itemProblems(item, true, endText),
      ...applicationProblems(application, item, input),
      ...(await signatureProblems(application, item, now)),
      ...(await borrowerProblems(tx, actor, application, item, now)),
      ...countProblems(item, input),
    ])
    return enter(tx, audit, actor, { item, application, input }, now)
  })
}

/** ARC-12: the second of two is told who was first, and when. */
async function refuseLent(tx: Tx, { id, number }: Item): Promise<void> {
  const open = await tx.loan.findFirst({
    where: { itemId: id, returnedAt: null },
    include: { lentBy: true, borrower: true },
  })
  if (!open) return
  const { lentBy, lentAt, borrower, dueAt } = open
  const params = { number, by: lentBy.name, at: dateTimeText(lentAt), to: borrower.name, due: endText(dueAt) }
  throw new Refused([{ rule: 'ARC-12', reason: 'loans:refused.lentAlready', field: 'item', params }])
}

type Entered = { item: Item; application: HeldApplication; input: Lend }

async function enter(tx: Tx, audit: Audit, actor: Actor, entered: Entered, now: Date) {
  const { item, application, input } = entered
  const { applicant, days, reason, exceptional } = application
  const number = businessNumber('JY', yearOf(now), await takeSerials(tx, 'loan', yearOf(now), 1))
  const dueAt = dueMoment(now, days)
  const { id } = await tx.loan.create({
    data: {
      number,
      itemId: item.id,
      customerId: item.customerId,
      applicationId: application.id,
      borrowerId: applicant.id,
      copies: input.copies,
      pages: input.pages,
      reason,
      exceptional,
      condition: conditionText(input),
      lentAt: now,
      lentById: actor.id,
      dueAt,
    },
    select: { id: true },
  })
  await startDeadlines(tx, 'loan.return', [{ subject: partOf({ id }), ownerId: applicant.id, amount: days }], now)
  await audit('loan.lent', `customer:${item.customerId}`, {
    after: {
      loan: number,
      application: application.number,
      item: item.number,
      borrower: applicant.name,
      pages: input.pages,
      copies: input.copies,
      condition: input.condition,
      due: endText(dueAt),
      ...(input.note ? { note: input.note } : {}),
      ...(exceptional ? { exceptional } : {}),
      part: partOf({ id }),
    },
    why: reason,
  })
  const params = { by: actor.name, number, due: endText(dueAt) }
  const told = { to: applicant.id, subject: partOf({ id }), href: `/loans/${number}/confirmation`, params }
  await notify(tx, [{ ...told, kind: 'loan.lent', rule: 'ARC-10' }], now)
  return number
}

/** The item that was scanned; null where there is none for this person. */
export async function scanned(actor: Actor, typed: string): Promise<Item | null> {
  const [number] = itemNumbers(typed)
  if (!number) return null
  return itemFor(actor, number).catch((error: unknown) => {
    if (error instanceof NotFound) return null
    throw error
  })
}
