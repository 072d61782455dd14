import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { type Refusal, Refused, refuseIf } from '../../lib/refused.ts'
import { customerToVisit, type NewVisit, type Person } from '../making.ts'
import type { Spending } from '../spending.ts'
import { lockColleague } from '../../tasks/colleagues.ts'
import { targetOf } from '../unplanned/rules.ts'
import { customerCalled } from './called.ts'
import { type LineInput, type SpendingInput } from './line-forms.ts'
import { timingOf } from '../changing/rules.ts'
export type Planned = Omit<NewVisit, 'planId' | 'unplannedReason' | 'templateId' | 'replacesId'>

const refusal = (reason: Refusal['reason'], field: string, params = {}): Refusal => ({
  rule: 'VIS-02',
  reason,
  field,
  params,
})
const refuse = (reason: Refusal['reason'], field: string, params = {}): Refused =>
  new Refused([refusal(reason, field, params)])

/** VIS-02, VIS-04: what the form leaves out, all of it at once. */
export function inputProblems({ purposes, customer, party, target, spendings }: LineInput): Refusal[] {
  const unknown = !customer && (target === null || target === 'existing')
  return [
    ...(!customer && !party ? [refusal('visitPlans:refused.nobody', 'customer')] : []),
    ...(purposes.length === 0 ? [refusal('visitPlans:refused.noPurpose', 'purposes')] : []),
    ...(party && unknown ? [refusal('visitPlans:refused.targetOfNone', 'target')] : []),
    ...spendings.flatMap(({ what, price, n }) => [
      ...(what ? [] : [refusal('visitPlans:refused.costUnnamed', `what${n}`)]),
      ...(what && (!price || Number(price) === 0)
        ? [refusal('visitPlans:refused.costUnpriced', `price${n}`, { what })]
        : []),
    ]),
  ]
}

/** VIS-02: what the form says, with the records it means; refuses who cannot be visited or come along. */
export async function plannedOf(tx: Tx, actor: Actor, input: LineInput): Promise<Planned> {
  const { purposes, minutes, agenda, bring, day, time } = input
  refuseIf(inputProblems(input))
  const about = await aboutOf(tx, actor, input)
  return {
    ...about,
    purposes,
    ...timingOf(day, time),
    minutes,
    agenda,
    bring,
    companions: await companionsOf(tx, actor, input),
    people: await peopleOf(tx, about.customerId, input),
    parties: await partiesOf(tx, actor, about.customerId, input),
    spendings: input.spendings.map(spendingOf),
  }
}

/** Whom: a customer of the record, at its address where nothing else is said; or somebody who is none yet. */
async function aboutOf(tx: Tx, actor: Actor, { customer, party, target, place, district }: LineInput) {
  if (!customer) return { customerId: null, party: party!, target: target!, place, district }
  const found = await customerCalled(tx, actor, customer)
  return {
    customerId: found.id,
    party: found.name,
    target: target ?? targetOf(found.life),
    place: place ?? found.address,
    district: district ?? found.district,
  }
}

async function companionsOf(tx: Tx, actor: Actor, { companions }: LineInput): Promise<bigint[]> {
  const ids = new Set<bigint>()
  for (const { number, field } of companions) {
    const found = await lockColleague(tx, { number: number.toUpperCase() })
    if (!found) throw refuse('visitPlans:refused.colleagueUnknown', field, { number })
    if (found.id === actor.id) throw refuse('visitPlans:refused.oneself', field)
    ids.add(found.id)
  }
  return [...ids]
}

/** PRV-02: contacts are those of this customer; the others are names. */
async function peopleOf(tx: Tx, customerId: bigint | null, { contacts, people }: LineInput): Promise<Person[]> {
  const where = { id: { in: contacts }, customerId: customerId ?? 0n, removedAt: null }
  const known = contacts.length === 0 ? [] : await tx.contact.findMany({ where, orderBy: { id: 'asc' } })
  const named = people.map(({ name, post }) => ({ contactId: null, name, post }))
  return [...known.map(({ id, name, post }) => ({ contactId: id, name, post })), ...named]
}

async function partiesOf(tx: Tx, actor: Actor, customerId: bigint | null, { parties }: LineInput): Promise<bigint[]> {
  const ids = new Set<bigint>()
  for (const { number, field } of parties) {
    const { id } = await customerToVisit(tx, actor, number, field)
    if (id === customerId) throw refuse('visitPlans:refused.sameParty', field)
    ids.add(id)
  }
  return [...ids]
}

const spendingOf = ({ kind, what, quantity, price }: SpendingInput): Spending => ({
  kind,
  what: what!,
  quantity,
  price: price!,
})
