import type { Contract } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { takeSerials } from '../../customers/numbers.ts'
import type { Db, Tx } from '../../db.ts'
import { dateText, yearOf } from '../../lib/dates.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { businessNumber } from '../../lib/numbers.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { customerCalled } from '../ledger/choosing.ts'
import { releaseWhatPasses } from '../paying.ts'
import { creditPolicy } from '../policy.ts'
import { lockAccount, trailOf, type CreditCustomer } from '../queries.ts'
import type { ContractForm, EndingForm } from './forms.ts'
import { lastShippedUnder } from './queries.ts'
import { contractProblems, endingProblems } from './rules.ts'

export type Made = { number: string; released: string[] }

/** CRD-01: a signed contract with its dates and terms. What waited for one may go out with it. */
export async function recordContract(actor: Actor, input: ContractForm, now: Date): Promise<Made> {
  const { customer, signedOn, startsOn, endsOn, ...rest } = input
  const { id: customerId } = await customerCalled(actor, 'contracts.record', customer, 'CRD-01')
  return change(actor, async (tx, audit) => {
    mayRecord(actor, await lockAccount(tx, customerId))
    refuseIf(contractProblems(input, dateText(now)))
    await refuseKnown(tx, rest.document)
    const number = businessNumber('HT', yearOf(now), await takeSerials(tx, 'contract', yearOf(now), 1))
    const dates = { signedOn: dayOf(signedOn), startsOn: dayOf(startsOn), endsOn: dayOf(endsOn) }
    await tx.contract.create({
      data: { ...rest, ...dates, number, customerId, recordedAt: now, recordedById: actor.id },
    })
    const after = { contract: number, kind: rest.kind, from: startsOn, until: endsOn, termDays: rest.termDays }
    await audit('contract.recorded', trailOf({ customerId }), { after: { ...after, terms: rest.terms } })
    const released = await releaseWhatPasses(tx, audit, actor, customerId, now, 'recheck')
    return { number, released: released.map((one) => one.number) }
  })
}

/** CRD-01: a contract holds no more from a day on, before its time; the day is after all it carried. */
export function endContract(actor: Actor, { id, customerId }: Contract, input: EndingForm): Promise<void> {
  return change(actor, async (tx, audit) => {
    mayRecord(actor, await lockAccount(tx, customerId))
    const contract = await tx.contract.findUniqueOrThrow({ where: { id } })
    if (contract.version !== input.version)
      throw new Refused([{ rule: 'CRD-01', reason: 'contracts:refused.changedMeanwhile' }])
    const { endedOn, reason } = input
    refuseIf(endingProblems(await endingFacts(tx, contract), endedOn))
    await tx.contract.update({
      where: { id },
      data: { endedOn: dayOf(endedOn), endedReason: reason, version: { increment: 1 } },
    })
    await audit('contract.ended', trailOf(contract), {
      before: { until: dayText(contract.endsOn) },
      after: { contract: contract.number, endedOn },
      why: reason,
    })
  })
}

export const endingFacts = async (
  client: Pick<Db, 'shipment'>,
  { id, customerId, startsOn, endsOn, endedOn }: Contract,
) => ({
  startsOn: dayText(startsOn),
  endsOn: dayText(endsOn),
  endedOn: dayText(endedOn),
  lastShipped: await lastShippedUnder(client, id, customerId),
})

function mayRecord(actor: Actor, customer: CreditCustomer): void {
  if (creditPolicy.contracts(actor, customer)) return
  throw new Refused([{ rule: 'PPL-01', reason: 'contracts:refused.notYours', field: 'customer' }])
}

/** One paper, one contract: nobody else records it at the same time. */
async function refuseKnown(tx: Tx, document: string | null): Promise<void> {
  if (document === null) return
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`contract ${document}`}, 0))`
  if ((await tx.contract.count({ where: { document } })) > 0)
    throw new Refused([{ rule: 'CRD-01', reason: 'contracts:refused.known', field: 'document', params: { document } }])
}
