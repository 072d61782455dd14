import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { moveOn } from '../course.ts'
import type { Tx } from '../../db.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { dayOf } from '../../lib/days.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { rolesOf } from '../people.ts'
import { limitOf } from '../posts.ts'
import { lockVisit, type Plan, subjectOf, trailOf, type Visit } from '../queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { sumProblems, weigh } from '../spending.ts'
import { holdLine, holdOwn, touch } from './holding.ts'
import { refuseIfRewritten } from './line-conflict.ts'
import { type LineInput } from './line-forms.ts'
import { peopleText, slotsOf } from './queries.ts'
import { type Planned, plannedOf } from './resolving.ts'
import { timeProblems, twiceProblems } from './rules.ts'
import { visitSearch } from '../making.ts'
/** VIS-02: a line as it is to be now; a refused one is planned anew. */
export function correctLine(actor: Actor, { id }: Plan, number: string, input: LineInput, now: Date): Promise<Visit> {
  return change(actor, async (tx, audit) => {
    const plan = await holdOwn(tx, actor, { id })
    const line = await holdLine(tx, plan, number)
    const form = await refuseIfRewritten(tx, actor, { plan, line }, input)
    const planned = await plannedOf(tx, actor, input)
    const moved = !isSameTime(line, planned)
    if (moved) refuseIf(timeProblems(plan.monthText, planned, now))
    refuseIf(twiceProblems(await slotsOf(tx, plan), planned, line.id))
    const before = await told(tx, line)
    await rewrite(tx, line, planned, now)
    await touch(tx, plan)
    const after = await lockVisit(tx, line.id)
    const part = subjectOf(line)
    await audit('visit.line_corrected', trailOf(after), {
      before: { ...before, form, part, version: line.version },
      after: { ...(await told(tx, after)), visit: line.number, part },
    })
    return after
  })
}

const isSameTime = (line: Pick<Visit, 'startsAt' | 'timed'>, to: Pick<Visit, 'startsAt' | 'timed'>) =>
  line.startsAt.getTime() === to.startsAt.getTime() && line.timed === to.timed

async function rewrite(tx: Tx, line: Visit, planned: Planned, now: Date): Promise<void> {
  const { people, parties, spendings: _costs, purposes, companions, customerId, ...facts } = planned
  const region =
    customerId === null
      ? null
      : await tx.customer.findUniqueOrThrow({ where: { id: customerId }, select: { regionId: true } })
  const data = {
    ...facts,
    ...visitSearch(planned, line.number),
    customerId,
    regionId: region?.regionId ?? null,
    onDay: dayOf(facts.startsAt),
    purposes: [...purposes],
    companions: [...companions],
    verdict: null,
  }
  if (line.state === 'refused') await moveOn(tx, line, 'revise', data)
  else if (line.state === 'draft')
    await tx.visit.update({ where: { id: line.id }, data: { ...data, version: { increment: 1 } } })
  else throw new Refused([{ rule: 'VIS-05', reason: 'visits:refused.state' }])
  const visitId = line.id
  await tx.visitPerson.deleteMany({ where: { visitId } })
  await tx.visitPerson.createMany({ data: people.map((one) => ({ ...one, visitId })) })
  await tx.visitParty.deleteMany({ where: { visitId } })
  await tx.visitParty.createMany({ data: parties.map((id) => ({ visitId, customerId: id })) })
  await rewriteCosts(tx, line, planned, now)
}

/** VIS-04: what is written now is weighed anew; what stood before is kept as taken out. */
async function rewriteCosts(tx: Tx, { id, ownerId }: Visit, { spendings }: Planned, now: Date): Promise<void> {
  const regulation = await regulationAt(now)
  const roles = await rolesOf(tx, ownerId)
  const costs = weigh(spendings, [], (kind) => limitOf(regulation, roles, kind))
  refuseIf(sumProblems(costs))
  await tx.visitSpending.updateMany({ where: { visitId: id, removedAt: null }, data: { removedAt: now } })
  await tx.visitSpending.createMany({ data: costs.map((one) => ({ ...one, visitId: id })) })
}

/** A line as the trail tells it. */
async function told(tx: Tx, visit: Visit) {
  const { party, startsAt, timed, minutes, place, agenda, bring, purposes } = visit
  const costs = await tx.visitSpending.findMany({
    where: { visitId: visit.id, removedAt: null },
    orderBy: { id: 'asc' },
  })
  return {
    party,
    startsAt: timed ? dateTimeText(startsAt) : dateText(startsAt),
    minutes,
    place,
    agenda,
    bring,
    purposes: purposes.join('、'),
    people: await peopleText(tx, visit),
    spendings: costs.map(({ what, total }) => `${what} ${total.toFixed(2)}`).join('、'),
  }
}
