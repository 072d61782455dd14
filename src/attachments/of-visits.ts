import { visitPolicy } from '../visits/policy.ts'
import { lockVisit, subjectOf, trailOf, visitFor, type Visit } from '../visits/queries.ts'
import type { Host, Hosting } from './host.ts'

export const visitHost = (visit: Pick<Visit, 'id' | 'number' | 'party' | 'customerId'>): Host => ({
  kind: 'visit',
  id: visit.id,
  number: visit.number,
  name: visit.party,
  home: `/visits/${visit.number}`,
  list: '/visits',
  subject: trailOf(visit),
  told: { visit: visit.number, of: subjectOf(visit) },
})

/** Who sees a visit sees its files; who went adds to them. */
export const ofVisits: Hosting<Visit> = {
  path: '/visits/:number',
  load: visitFor,
  lock: lockVisit,
  view: visitPolicy.view,
  add: visitPolicy.own,
  hostOf: visitHost,
}
