import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { refuseIf } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { arriveStep } from '../changing/arriving.ts'
import { customerToVisit, makeVisit, type NewVisit } from '../making.ts'
import { rolesOf } from '../people.ts'
import { limitOf } from '../posts.ts'
import { askSpending } from '../spendings/asking.ts'
import { contactsIn, purposesIn, type Sent } from './forms.ts'
import { companionsCalled, partiesCalled, peopleToMeet } from './queries.ts'
import { costProblems, costsIn, momentIn, targetOf, unplannedProblems } from './rules.ts'

export type Recorded = { number: string; party: string; made: boolean; asked: boolean }

/** VIS-05: a visit that stands in no plan, with why; made already, or arranged for later. */
export function recordUnplanned(actor: Actor, sent: Sent, now: Date): Promise<Recorded> {
  return change(actor, async (tx, audit) => {
    const { costs, problems } = costsIn(sent)
    refuseIf([...unplannedProblems(sent, now), ...problems])
    const { startsAt, made } = momentIn(sent, now)
    await refuseCosts(tx, actor, costs, made, now)
    const about = await aboutOf(tx, actor, sent)
    const given: NewVisit = {
      ...about,
      purposes: purposesIn(sent),
      startsAt,
      timed: true,
      minutes: sent.minutes,
      agenda: sent.agenda,
      bring: sent.bring,
      companions: await companionsCalled(tx, actor, sent.companions),
      people: await peopleToMeet(tx, about.customerId, contactsIn(sent), sent.people),
      parties: await partiesCalled(tx, actor, sent.parties, about.customerId),
      spendings: costs,
      planId: null,
      unplannedReason: reasonOf(actor, sent),
    }
    const visit = await makeVisit(tx, audit, actor, given, now)
    if (made) await arriveStep(tx, audit, visit, 'planned', now)
    const asked = made ? null : await askSpending(tx, audit, actor, visit, now)
    return { number: visit.number, party: visit.party, made, asked: asked !== null }
  })
}

async function refuseCosts(tx: Tx, actor: Actor, costs: NewVisit['spendings'], made: boolean, now: Date) {
  if (costs.length === 0) return
  const [regulation, roles] = [await regulationAt(now), await rolesOf(tx, actor.id)]
  refuseIf(costProblems(costs, made, (kind) => limitOf(regulation, roles, kind)))
}

/** A customer of ours, or a company that is none. */
async function aboutOf(tx: Tx, actor: Actor, { customer, party, target, place, district }: Sent) {
  if (!customer) return { customerId: null, party: party!, target: target ?? 'potential', place, district }
  const found = await customerToVisit(tx, actor, customer)
  return {
    customerId: found.id,
    party: found.name,
    target: targetOf(found.life),
    place: place ?? found.address,
    district: district ?? found.district,
  }
}

const reasonOf = ({ language }: Actor, { because, note }: Sent): string => {
  const t = translate[language]
  return [because && t(`visitDay:because.${because}`), note].filter(Boolean).join(t('web:comma'))
}
