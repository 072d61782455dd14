import type { VisitPlanState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { within } from '../../access/policy.ts'
import { db } from '../../db.ts'
import { dayOf } from '../../lib/days.ts'
import { monthBounds, monthOf } from '../../lib/months.ts'
import { unitsOf } from '../../organisation/queries.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { askedOf } from '../posts.ts'
import { promisesCounted, visitsCounted, type Counted, type Reader } from './counting.ts'
import type { AssessmentQuery } from './forms.ts'
import { peopleOf, plannersSeen, type Person } from './people.ts'
import { changedSince, noFigures, scoreOf, sumOf, type FigureName, type Figures, type Weights } from './rules.ts'
import { signaturesOf, type Signed } from './signatures.ts'
import { lastMoment, weightsAt } from './weights.ts'

export type PlanOf = { number: string; state: VisitPlanState; late: boolean; asked: number; submitted: boolean }
export type Assessed = {
  person: Person
  figures: Figures
  /** Null also where this reader sees a part of it only. */
  score: number | null
  /** Whether this reader sees all that there is of this person's month. */
  whole: boolean
  plan: PlanOf | null
  signed: Signed | null
  /** What is another figure now than when it was signed. */
  changed: FigureName[]
}
export type Unit = { id: bigint | null; name: string | null; figures: Figures }
export type Month = {
  month: string
  unit: string
  over: boolean
  weights: Weights
  people: Assessed[]
  units: Unit[]
  sum: Figures
  departments: { id: bigint; name: string }[]
}

/** VIS-09: a month, person by person and department by department, counted by the database. */
export async function assessmentFor(actor: Actor, { month: asked, unit }: AssessmentQuery, now: Date): Promise<Month> {
  const month = asked || monthOf(now)
  const [visits, promises, planners, units, weights] = await Promise.all([
    visitsCounted(actor, { month, unit }, now),
    promisesCounted(actor, { month, unit }, now),
    plannersSeen(actor, unit),
    unitsOf('department'),
    weightsAt(month, now),
  ])
  const counted = [...visits, ...promises]
  const ids = [...new Set([...counted.map(({ ownerId }) => ownerId), ...planners])]
  const all = seesAll(actor) && !unit ? visits : null
  const people = await assessed(ids, counted, { month, now, weights, all })
  const departments = units.map(({ id, name }) => ({ id, name }))
  const sums = unitSums(counted, people, departments)
  const over = monthBounds(month).until <= now
  return {
    month,
    unit,
    over,
    weights,
    people,
    units: sums,
    sum: sumOf(sums.map(({ figures }) => figures)),
    departments,
  }
}

/** One person's month, as far as the reader sees it. */
export async function monthOfPerson(
  actor: Actor,
  { id }: Pick<Person, 'id'>,
  month: string,
  now: Date,
): Promise<Assessed> {
  const [visits, promises, weights] = await Promise.all([
    visitsCounted(actor, { month, owner: id }, now),
    promisesCounted(actor, { month, owner: id }, now),
    weightsAt(month, now),
  ])
  const all = seesAll(actor) ? visits : null
  const [one] = await assessed([id], [...visits, ...promises], { month, now, weights, all })
  return one!
}

/** Who reads everywhere has counted all there is: it is not counted a second time. */
const seesAll = (actor: Actor) => !('OR' in within(actor, 'assessments.view'))

type Counting = { month: string; now: Date; weights: Weights; all: Counted[] | null }

async function assessed(ids: bigint[], counted: Counted[], { month, now, weights, all }: Counting) {
  const everything: Reader = { owners: ids }
  const [people, plans, signatures, allVisits, allPromises, regulation] = await Promise.all([
    peopleOf(ids),
    plansOf(ids, month),
    signaturesOf(ids, month),
    all ?? visitsCounted(everything, { month }, now),
    promisesCounted(everything, { month }, now),
    regulationAt(lastMoment(month, now)),
  ])
  const seen = byOwner(counted)
  const there = byOwner([...allVisits, ...allPromises])
  return people.map((person): Assessed => {
    const plan = plans.get(person.id) ?? null
    const asked = plan?.submitted ? plan.asked : askedOf(regulation, person.roles)
    const figures = { ...(seen.get(person.id) ?? noFigures()), asked }
    const truth = { ...(there.get(person.id) ?? noFigures()), asked }
    const whole = changedSince(figures, truth).length === 0
    if (!whole) figures.asked = 0
    const signed = signatures.get(person.id) ?? null
    const changed = signed && whole ? changedSince(signed.figures, truth) : []
    return { person, figures, whole, plan, signed, changed, score: whole ? scoreOf(figures, weights) : null }
  })
}

const byOwner = (counted: readonly Counted[]) => grouped(counted, ({ ownerId }) => ownerId)

function grouped<K>(counted: readonly Counted[], keyOf: (one: Counted) => K): Map<K, Figures> {
  const found = new Map<K, Figures>()
  for (const { ownerId, departmentId, ...figures } of counted) {
    const key = keyOf({ ownerId, departmentId })
    found.set(key, sumOf([found.get(key) ?? noFigures(), { ...noFigures(), ...figures }]))
  }
  return found
}

/** Visits count for the department they were made for, what is asked for the one where the person is now. */
function unitSums(counted: readonly Counted[], people: readonly Assessed[], departments: Month['departments']): Unit[] {
  const asked = people.map(({ person: { id, departmentId }, figures }): Counted => ({
    ownerId: id,
    departmentId,
    asked: figures.asked,
  }))
  const sums = grouped([...counted, ...asked], ({ departmentId }) => departmentId)
  const known = departments.filter(({ id }) => sums.has(id)).map((one) => ({ ...one, figures: sums.get(one.id)! }))
  const none = sums.get(null)
  return none ? [...known, { id: null, name: null, figures: none }] : known
}

async function plansOf(ids: bigint[], month: string): Promise<Map<bigint, PlanOf>> {
  const where = { ownerId: { in: ids }, month: dayOf(`${month}-01`) }
  const select = { ownerId: true, number: true, state: true, late: true, asked: true, submittedAt: true } as const
  const found = await db.visitPlan.findMany({ where, select })
  return new Map(
    found.map(({ ownerId, submittedAt, ...plan }) => [ownerId, { ...plan, submitted: submittedAt !== null }]),
  )
}
