import type { Actor } from '../../access/actor.ts'
import type { Asked, Signature } from '../../approvals/contract.ts'
import { fileUntold } from '../../approvals/filing.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf, dayOrNull } from '../../lib/days.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { creditPolicy } from '../policy.ts'
import { lockAccount, type CreditCustomer } from '../queries.ts'
import type { ModeInput, TermsInput } from './forms.ts'
import { modeNow, subjectOf, termsNow, waitingFor } from './queries.ts'
import { modeProblems, sameProblems, termsProblems, type Terms } from './rules.ts'

/** CRD-02: asks for another method of the limit. Answers with the approval's number. */
export function askTerms(actor: Actor, given: { id: bigint }, input: TermsInput, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const customer = await hold(tx, actor, given)
    await refuseWaiting(tx, 'credit.terms', customer)
    const before = await termsNow(tx, customer, now)
    refuseIf(termsProblems(input, dateText(now)))
    refuseIf(sameProblems(input, before))
    const { method, amount, startsOn, endsOn, reason } = input
    const { id } = await tx.creditTerms.create({
      data: {
        customerId: customer.id,
        method,
        amount,
        startsOn: dayOf(startsOn),
        endsOn: dayOrNull(endsOn),
        reason,
        askedAt: now,
        askedById: actor.id,
      },
      select: { id: true },
    })
    const role = (await regulationAt(now)).value('credit.terms_role')
    const about = { kind: 'credit.terms', id, asked: askedOf(before, input), reason } as const
    const number = await file(tx, actor, customer, { ...about, amount, signatures: [{ role }] }, now)
    await audit('credit_terms.asked', subjectOf(customer), {
      before,
      after: { method, amount, startsOn, endsOn, approval: number },
      why: reason,
    })
    return number
  })
}

/** CRD-14: asks for another cooperation mode; two people sign, in order. Answers with the approval's number. */
export function askMode(actor: Actor, given: { id: bigint }, input: ModeInput, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const customer = await hold(tx, actor, given)
    await refuseWaiting(tx, 'credit.mode', customer)
    const { mode, startsOn, reason } = input
    const before = await modeNow(tx, customer, now)
    refuseIf(modeProblems(input, before, dateText(now)))
    const { id } = await tx.cooperationModeChange.create({
      data: {
        customerId: customer.id,
        before,
        after: mode,
        startsOn: dayOf(startsOn),
        reason,
        askedAt: now,
        askedById: actor.id,
      },
      select: { id: true },
    })
    const regulation = await regulationAt(now)
    const signatures = [
      { role: regulation.value('credit.mode_first') },
      { role: regulation.value('credit.mode_second') },
    ]
    const asked = [
      { field: 'mode', before: before ?? '', after: mode },
      { field: 'startsOn', before: '', after: startsOn },
    ]
    const number = await file(tx, actor, customer, { kind: 'credit.mode', id, asked, signatures, reason }, now)
    await audit('cooperation_mode.asked', subjectOf(customer), {
      before: { mode: before },
      after: { mode, startsOn, approval: number },
      why: reason,
    })
    return number
  })
}

async function hold(tx: Tx, actor: Actor, { id }: { id: bigint }): Promise<CreditCustomer> {
  const customer = await lockAccount(tx, id)
  if (!creditPolicy.ask(actor, customer)) throw new Forbidden(creditPolicy.ask.act)
  return customer
}

const rules = { 'credit.terms': 'CRD-02', 'credit.mode': 'CRD-14' } as const
type Kind = keyof typeof rules

async function refuseWaiting(tx: Tx, kind: Kind, customer: CreditCustomer): Promise<void> {
  const number = await waitingFor(tx, kind, customer)
  if (number) throw new Refused([{ rule: rules[kind], reason: 'creditTerms:refused.waiting', params: { number } }])
}

/** CUS-06: old and new side by side, as they stand in the record. */
const askedOf = (before: Terms, after: Terms): Asked[] =>
  (['method', 'amount', 'startsOn', 'endsOn'] as const)
    .map((field) => ({ field, before: before[field] ?? '', after: after[field] ?? '' }))
    .filter((one) => one.before !== one.after)

type Filing = {
  kind: Kind
  id: bigint
  asked: Asked[]
  reason: string
  signatures: Signature[]
  amount?: string | null
}

async function file(tx: Tx, actor: Actor, customer: CreditCustomer, about: Filing, now: Date): Promise<string> {
  const { departmentId, regionId, ownerId } = customer
  const { kind, id, asked, reason, signatures, amount } = about
  const { number } = await fileUntold(
    tx,
    actor,
    {
      kind,
      subject: subjectOf(customer),
      customerId: customer.id,
      place: { departmentId, regionId },
      asked,
      basis: String(id),
      payload: { change: String(id) },
      reason,
      signatures,
      ...(amount ? { amount } : {}),
      // PPL-02: whose customer it is.
      excluded: ownerId === null ? [] : [ownerId],
    },
    now,
  )
  return number
}
