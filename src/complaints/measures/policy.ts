import type { Actor } from '../../access/actor.ts'
import { permit, type Permit } from '../../access/policy.ts'
import type { Act } from '../../access/table.ts'
import { isAccused, mayWith, permitOn, seesComplaint, type PlacedComplaint } from '../policy.ts'

type Measure = { ownerId: bigint; checkerId: bigint | null; createdById: bigint; complaint: PlacedComplaint }

/** CMP-03: of a measure nobody knows whom the complaint is about. */
export function knowsMeasure(actor: Actor, measure: Measure): boolean {
  const { ownerId, checkerId, createdById, complaint } = measure
  if (isAccused(actor, complaint)) return false
  return (
    [ownerId, checkerId, createdById].includes(actor.id) ||
    seesComplaint(actor, complaint) ||
    mayWith(actor, 'measures.approve', complaint)
  )
}

const permitMeasure = (act: Act, rule: (actor: Actor, measure: Measure) => boolean): Permit<Measure> =>
  Object.assign((actor: Actor, measure: Measure) => !isAccused(actor, measure.complaint) && rule(actor, measure), {
    act,
  })

export const measurePolicy = {
  list: permit('measures.use'),
  view: permitMeasure('measures.use', knowsMeasure),
  propose: permitOn<PlacedComplaint>('measures.propose'),
  /** Who proposed it, and whoever may propose here. */
  correct: permitMeasure('measures.propose', (actor, { complaint }) => mayWith(actor, 'measures.propose', complaint)),
  people: permitMeasure('measures.approve', (actor, { complaint }) => mayWith(actor, 'measures.approve', complaint)),
  finish: permitMeasure('measures.use', (actor, { ownerId }) => actor.id === ownerId),
  check: permitMeasure('measures.use', (actor, { checkerId }) => actor.id === checkerId),
}
