import type { Actor } from '../../access/actor.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf, Refused } from '../../lib/refused.ts'
import { cancelReport } from '../clocks.ts'
import { moveOn } from '../course.ts'
import { customerToVisit, makeVisit, type NewVisit } from '../making.ts'
import { lockVisit, subjectOf, trailOf, type Visit } from '../queries.ts'
import { askedChanged, askSpending } from '../spendings/asking.ts'
import { targetOf } from '../unplanned/rules.ts'
import type { Replacement } from './forms.ts'
import { costsOf } from './queries.ts'
import { holdOwn } from './holding.ts'
import { moveProblems, movingProblems, timingOf } from './rules.ts'

export type Replaced = { number: string; party: string; asked: boolean }

/** VIS-05: somebody else is visited instead, in the same plan, with the reason; what is over the limit is asked for again. */
export function replaceVisit(actor: Actor, given: Visit, input: Replacement, now: Date): Promise<Replaced> {
  return change(actor, async (tx, audit) => {
    const visit = await holdOwn(tx, actor, given, input.version)
    refuseIf(movingProblems(visit, now))
    const customer = await customerToVisit(tx, actor, input.customer)
    if (customer.id === visit.customerId)
      throw new Refused([{ rule: 'VIS-05', reason: 'visitDay:refused.sameCustomer', field: 'customer' }])
    const timing = { ...timingOf(input.day, input.time), minutes: input.minutes }
    // Its own time is past, perhaps; that of the new one is not.
    refuseIf(moveProblems({ ...visit, minutes: 0 }, timing, now))
    await moveOn(tx, visit, 'cancel', { cancelledReason: input.reason })
    await cancelReport(tx, visit, now)
    await askedChanged(tx, audit, actor, { ...visit, state: 'cancelled' }, now)
    const planned = { ...insteadOf(visit), ...timing, ...aboutOf(customer) }
    const spendings = input.costs ? await askedIn(tx, visit) : []
    const instead = await makeInstead(tx, audit, actor, visit, { ...planned, spendings, reason: input.reason }, now)
    const part = subjectOf(visit)
    await audit('visit.replaced', trailOf(visit), {
      before: { part, party: visit.party },
      after: { visit: visit.number, party: instead.party, replacedBy: instead.number, part },
      why: input.reason,
    })
    const asked = await askSpending(tx, audit, actor, instead, now)
    return { number: instead.number, party: instead.party, asked: asked !== null }
  })
}

type Found = Awaited<ReturnType<typeof customerToVisit>>

const aboutOf = ({ id, name, district, address, life }: Found) => ({
  customerId: id,
  party: name,
  district,
  place: address,
  target: targetOf(life),
})

/** What goes over from the old visit: what for, with what and with whom of ours. */
const insteadOf = ({ purposes, agenda, bring, companions, id }: Visit) => ({
  purposes,
  agenda,
  bring,
  companions,
  people: [],
  parties: [],
  replacesId: id,
})

const askedIn = async (tx: Tx, visit: Visit) =>
  (await costsOf(visit, tx)).map(({ kind, what, quantity, price }) => ({
    kind,
    what,
    quantity,
    price: price.toFixed(2),
  }))

type Instead = Omit<NewVisit, 'planId' | 'unplannedReason'> & { reason: string }

/** Of an approved plan it needs nobody's word: it stands where the other stood. */
async function makeInstead(tx: Tx, audit: Audit, actor: Actor, visit: Visit, planned: Instead, now: Date) {
  const { reason, ...given } = planned
  const { planId } = visit
  if (planId === null) return makeVisit(tx, audit, actor, { ...given, planId, unplannedReason: reason }, now)
  const line = await makeVisit(tx, audit, actor, { ...given, planId }, now)
  await moveOn(tx, line, 'submit')
  await moveOn(tx, await lockVisit(tx, line.id), 'approve')
  return lockVisit(tx, line.id)
}
