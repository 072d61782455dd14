import type { ComplaintLevel, ComplaintState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { ask, db } from '../../db.ts'
import { NotFound } from '../../lib/refused.ts'
import { visibleComplaintsSql } from '../policy.ts'
import { householdsOf } from './rules.ts'

export type Member = {
  id: bigint
  number: string
  title: string
  state: ComplaintState
  level: ComplaintLevel
  receivedAt: Date
  customerId: bigint | null
  phoneDigits: string | null
  households: number
  complainant: string | null
  anonymous: boolean
  customer: string | null
  department: string | null
  seen: boolean
}

/** The members of a group but those about this person (CMP-03); `seen`: those the person may open. */
export function membersOf(actor: Actor, groupId: bigint): Promise<Member[]> {
  return ask<Member>`
    select m.id, m.number, m.title, m.state::text, m.level::text, m.received_at as "receivedAt",
      m.customer_id as "customerId", m.phone_digits as "phoneDigits", m.households, m.complainant, m.anonymous,
      c.name as customer, d.name as department, m.seen
    from (select *, ${visibleComplaintsSql(actor)} as seen from complaint
      where group_id = ${groupId} and not (${actor.id} = any(accused))) m
    left join customer c on c.id = m.customer_id left join department d on d.id = m.department_id
    order by m.received_at, m.id`
}

export type Group = { id: bigint; matter: string; createdAt: Date; by: string; members: Member[] }

/** CMP-05: a group is there for whoever sees one of its complaints. */
export async function groupFor(actor: Actor, id: string): Promise<Group> {
  const found = /^\d{1,18}$/.test(id) ? await db.complaintGroup.findUnique({ where: { id: BigInt(id) } }) : null
  const members = found ? await membersOf(actor, found.id) : []
  if (!found || !members.some(({ seen }) => seen)) throw new NotFound()
  const by = await db.staff.findUnique({ where: { id: found.createdById }, select: { name: true } })
  return { id: found.id, matter: found.matter, createdAt: found.createdAt, by: by?.name ?? '', members }
}

/** What a complaint joins that is linked so (repeat:T…, group:T…): how many households it finds there. */
export async function linkedTotals(actor: Actor, link: string): Promise<{ repeated: boolean; households: number }> {
  const [bond = '', number = ''] = link.split(':')
  if (bond !== 'group') return { repeated: bond === 'repeat', households: 0 }
  const members = await ask<Member>`
    select id, customer_id as "customerId", phone_digits as "phoneDigits", households, state::text from complaint
    where number = ${number} and not (${actor.id} = any(accused)) or group_id = (
      select group_id from complaint where number = ${number} and ${visibleComplaintsSql(actor)})`
  return { repeated: false, households: householdsOf(members) }
}

/** The other one of a repeat, where this person sees it. */
export async function repeatOf(actor: Actor, id: bigint) {
  const [found] = await ask<{ number: string; title: string; receivedAt: Date }>`
    select number, title, received_at as "receivedAt" from complaint where id = ${id} and ${visibleComplaintsSql(actor)}`
  return found ?? null
}

/** Those that came again after this one, as far as this person sees them. */
export function repeatsOf(actor: Actor, id: bigint) {
  return ask<{ number: string; title: string; receivedAt: Date }>`
    select number, title, received_at as "receivedAt" from complaint
    where repeat_of_id = ${id} and state <> 'void' and ${visibleComplaintsSql(actor)} order by received_at desc, id desc`
}

/** For comparing, never for showing. */
export async function phoneDigitsOf(id: bigint): Promise<string | null> {
  const found = await db.complaint.findUnique({ where: { id }, select: { phoneDigits: true } })
  return found?.phoneDigits ?? null
}
