import { complaintPolicy } from '../complaints/policy.ts'
import { complaintFor, lockComplaint, subjectOf, type Complaint } from '../complaints/queries.ts'
import type { Host, Hosting } from './host.ts'

export const complaintHost = (complaint: Pick<Complaint, 'id' | 'number' | 'title'>): Host => ({
  kind: 'complaint',
  id: complaint.id,
  number: complaint.number,
  name: complaint.title,
  home: `/complaints/${complaint.number}`,
  list: '/complaints',
  subject: subjectOf(complaint),
})

/** CMP-03: who may not know of a complaint gets no byte of its files; whoever speaks with the customer adds to them. */
export const ofComplaints: Hosting<Complaint> = {
  path: '/complaints/:number',
  load: complaintFor,
  lock: lockComplaint,
  view: complaintPolicy.view,
  add: complaintPolicy.contact,
  hostOf: complaintHost,
}
