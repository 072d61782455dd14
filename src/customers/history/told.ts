import type { Actor } from '../../access/actor.ts'
import { visibleComplaintsSql } from '../../complaints/policy.ts'
import { ask } from '../../db.ts'
import type { Told } from './queries.ts'

/** Of a complaint the customer's history says that it came and how it ended. */
const actions = ['complaint.taken', 'complaint.closed', 'complaint.reopened', 'complaint.void']

/** So many of a customer's complaints, the newest. */
const mostComplaints = 500

/** AUD-03, CMP-03: a customer's own lines, and of its complaints those that this reader may know of. */
export async function toldOf(actor: Actor, { id }: { id: bigint }): Promise<Told> {
  const complaints = await ask<{ subject: string; number: string }>`
    select 'complaint:' || id as subject, number from complaint
    where customer_id = ${id} and ${visibleComplaintsSql(actor)} order by received_at desc limit ${mostComplaints}`
  const of = new Map(complaints.map(({ subject, number }) => [subject, number]))
  return { subject: `customer:${id}`, also: { of, actions } }
}
