import type { Actor } from '../../access/actor.ts'
import { mayEver, permit, type Permit, type Placed } from '../../access/policy.ts'
import { maySign } from '../policy.ts'

export const assessmentPolicy = {
  list: permit('assessments.view'),
  /** Who is found may be looked at (queries.ts: personFor). */
  view: permit('assessments.view') as Permit<Placed>,
  sign: Object.assign((actor: Actor, person: Placed) => maySign(actor, 'assessments.sign', person), {
    act: 'assessments.sign',
  }) as Permit<Placed>,
  export: permit('visits.export'),
}

export const mayExport = (actor: Actor) => mayEver(actor, 'visits.export')
