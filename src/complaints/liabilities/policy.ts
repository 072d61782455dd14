import type { Actor } from '../../access/actor.ts'
import { permit, type Permit } from '../../access/policy.ts'
import { mayWith, permitOn, type PlacedComplaint } from '../policy.ts'

/** CMP-17: what somebody is to pay is for those who record, confirm and count it. */
export const seesLiabilities = (actor: Actor, complaint: PlacedComplaint): boolean =>
  mayWith(actor, 'liabilities.record', complaint) ||
  mayWith(actor, 'liabilities.confirm', complaint) ||
  mayWith(actor, 'complaints.statistics', complaint)

export const liabilityPolicy = {
  register: permit('complaints.statistics'),
  record: permitOn<PlacedComplaint>('liabilities.record'),
  confirm: permitOn<PlacedComplaint>('liabilities.confirm'),
  see: Object.assign(seesLiabilities, { act: 'complaints.statistics' }) as Permit<PlacedComplaint>,
}
