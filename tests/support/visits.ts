import type { VisitState } from '../../prisma/client/enums.ts'
import { change } from '../../src/audit/change.ts'
import { takeSerials } from '../../src/customers/numbers.ts'
import { pool, writer } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { dayOf } from '../../src/lib/days.ts'
import { businessNumber } from '../../src/lib/numbers.ts'
import { makeVisit, type NewVisit } from '../../src/visits/making.ts'
import { lockPlan, lockVisit, type Plan, type Visit } from '../../src/visits/queries.ts'
import { actorOf, make, theCast } from './make.ts'

type Given = Partial<Omit<NewVisit, 'planId' | 'unplannedReason'>> & { by?: { id: bigint }; plan?: Plan }

/** All that is asked of a visit; of nobody's customer unless told. */
export const visitWith = (more: Partial<NewVisit> = {}): NewVisit =>
  ({
    customerId: null,
    party: '桃花渡轴承厂',
    target: 'potential',
    purposes: ['new_customer'],
    startsAt: now(),
    timed: true,
    minutes: 40,
    place: '渡口路 2 号',
    district: '临平区',
    agenda: '看样品',
    bring: null,
    companions: [],
    people: [],
    parties: [],
    spendings: [],
    planId: null,
    unplannedReason: '路过',
    ...more,
  }) as NewVisit

/** A visit of the cast's sales person unless told otherwise, to a new customer of theirs; with `state` as if it had come so far. */
export async function aVisit({ by, plan, state, ...more }: Given & { state?: VisitState } = {}): Promise<Visit> {
  const { sales } = await theCast()
  const actor = await actorOf(by ?? sales)
  const own =
    more.customerId === undefined && more.party === undefined ? await make.customer({ ownerId: actor.id }) : null
  const about = own ? { customerId: own.id, party: own.name, target: 'existing' as const } : {}
  const where = plan ? { planId: plan.id, unplannedReason: undefined } : {}
  const given = visitWith({ ...about, ...more, ...where } as Partial<NewVisit>)
  const made = await change(actor, (tx, audit) => makeVisit(tx, audit, actor, given, now()))
  if (!state) return made
  await pool.query(
    `update visit set state = $2::visit_state, arrived_at = case when $2 in ('done', 'reported') then starts_at end,
       reported_at = case when $2 = 'reported' then starts_at end where id = $1`,
    [made.id, state],
  )
  return visitNow(made)
}

/** An empty plan of this month's first day (2026-12), the cast's sales person's unless told otherwise. */
export async function aPlan({ by, month }: { by?: { id: bigint }; month: string }): Promise<Plan> {
  const { sales } = await theCast()
  const actor = await actorOf(by ?? sales)
  return writer.$transaction(async (tx) => {
    const year = Number(month.slice(0, 4))
    const number = businessNumber('JH', year, await takeSerials(tx, 'visit_plan', year, 1))
    const owner = { ownerId: actor.id, departmentId: actor.departmentId }
    const { id } = await tx.visitPlan.create({
      data: { ...owner, number, month: dayOf(`${month}-01`), createdAt: now() },
    })
    return lockPlan(tx, id)
  })
}

/** The visit as it is now, without a reader. */
export const visitNow = ({ id }: { id: bigint }): Promise<Visit> => writer.$transaction((tx) => lockVisit(tx, id))
