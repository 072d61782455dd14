import type { Actor } from '../access/actor.ts'
import { partnerAgreement } from '../agreements/in-force.ts'
import { fileRequest } from '../approvals/filing.ts'
import type { Item } from '../archive/queries.ts'
import { change, type Audit } from '../audit/change.ts'
import { takeSerials } from '../customers/numbers.ts'
import type { Tx } from '../db.ts'
import { dateText, yearOf } from '../lib/dates.ts'
import { dayOf, dayText } from '../lib/days.ts'
import { Refused, refuseIf } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import { numbersIn, type NewDisclosure } from './forms.ts'
import { groundsOf } from './grounds.ts'
import { contentsOf, customerToAsk } from './queries.ts'
import { contentProblems, itemsNamed } from './naming.ts'
import { refusal } from './refusing.ts'
import { disclosureNumber, periodProblems, signaturesOf } from './rules.ts'

export const kind = 'archive.disclosure'

/** ARC-15: asks, beforehand, to give these fields and items of a customer to a partner who is bound. Answers with its number. */
export async function askDisclosure(actor: Actor, input: NewDisclosure, now: Date): Promise<string> {
  const customer = await customerToAsk(actor, input.customer)
  if (!customer) throw refusal('customerUnknown', 'customer')
  const items = await itemsNamed(actor, numbersIn(input.items), customer.id)
  if (input.fields.length === 0 && items.length === 0) throw refusal('nothing', 'fields')
  const strict = (await regulationAt(now)).value('archive.authority') === 'general_manager'
  return change(actor, async (tx, audit) => {
    const agreement = await partnerAgreement(tx, input.agreement, now)
    if (!agreement)
      throw new Refused([{ rule: 'PRV-14', reason: 'disclosures:refused.noAgreement', field: 'agreement' }])
    refuseIf(periodProblems(input, dateText(now), agreement.untilOn && dayText(agreement.untilOn)))
    const made = await write(tx, actor, { input, agreement, customerId: customer.id, items }, now)
    refuseIf(contentProblems(await contentsOf(tx, made.id)))
    const { departmentId, regionId } = customer
    const signatures = signaturesOf(strict)
    const follows = await followed(tx, actor, input.again)
    await toSign(
      tx,
      audit,
      actor,
      { ...made, purpose: input.purpose, place: { departmentId, regionId }, signatures, follows },
      now,
    )
    await audit('disclosure.asked', `customer:${customer.id}`, { after: told(made.number, input, items) })
    return made.number
  })
}

type Writing = {
  input: NewDisclosure
  agreement: { id: bigint; partner: string }
  customerId: bigint
  items: readonly Item[]
}

async function write(tx: Tx, actor: Actor, { input, agreement, customerId, items }: Writing, now: Date) {
  const number = disclosureNumber(yearOf(now), await takeSerials(tx, 'disclosure', yearOf(now), 1))
  const { purpose, basis, fields, way } = input
  return tx.disclosure.create({
    data: {
      number,
      customerId,
      applicantId: actor.id,
      recipient: agreement.partner,
      agreementId: agreement.id,
      purpose,
      basis,
      fields,
      way,
      fromOn: dayOf(input.fromOn),
      untilOn: dayOf(input.untilOn),
      filedAt: now,
      items: { create: items.map(({ id }) => ({ itemId: id })) },
    },
    select: { id: true, number: true },
  })
}

type ToSign = {
  id: bigint
  purpose: string
  place: { departmentId: bigint | null; regionId: bigint | null }
  signatures: ReturnType<typeof signaturesOf>
  follows: bigint | null
}

/** No customer is named in the request: its lists would tell the name (ARC-02). */
async function toSign(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  { id, purpose, place, signatures, follows }: ToSign,
  now: Date,
) {
  const grounds = await groundsOf(tx, id)
  if (!grounds) throw refusal('customerUnknown', 'customer')
  const filing = {
    kind,
    subject: `disclosure:${id}`,
    place,
    basis: grounds.basis,
    reason: purpose,
    signatures,
  } as const
  const filed = await fileRequest(tx, audit, actor, { ...filing, ...(follows ? { follows } : {}) }, now)
  await tx.disclosure.update({ where: { id }, data: { requestId: filed.id } })
}

/** The one of one's own that came back, and which this one files anew. */
async function followed(tx: Tx, actor: Actor, number: string | null): Promise<bigint | null> {
  if (!number) return null
  const where = { number: number.toUpperCase(), applicantId: actor.id, state: 'returned' as const }
  return (await tx.disclosure.findFirst({ where, select: { requestId: true } }))?.requestId ?? null
}

const told = (
  number: string,
  { fields, purpose, basis, way, fromOn, untilOn, agreement }: NewDisclosure,
  items: readonly Item[],
) => ({
  disclosure: number,
  agreement: agreement.toUpperCase(),
  fields,
  items: items.map((item) => item.number),
  reason: purpose,
  basis,
  way,
  fromOn,
  untilOn,
})
