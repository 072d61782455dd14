import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { visibleComplaintsSql } from '../../complaints/policy.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import { ask, db } from '../../db.ts'
import type { DeadlineKind } from '../../deadlines/kinds.ts'
import type { OfCustomer } from '../../deadlines/queries.ts'
import { dayOf } from '../../lib/days.ts'
import { inParallel } from '../../lib/parallel.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { mayUnmask, unmaskAddress } from '../../unmaskings/policy.ts'
import { openTo } from '../page/queries.ts'
import { rolesOf } from '../people.ts'
import { limitOf } from '../posts.ts'
import { subjectOf } from '../queries.ts'
import type { Day, DayVisit } from './queries.ts'

export type Clock = OfCustomer & { kind: DeadlineKind }
export type Late = Clock & { customerId: bigint; number: string }
export type Call = { name: string; href: string }

/** What else stands at the stops of a day: clocks, what is owed to the customer, whom to call, and what may be spent. */
export async function aroundDay(actor: Actor, { visits, who }: Pick<Day, 'visits' | 'who'>, now: Date) {
  const ids = [...new Set(visits.flatMap(({ customerId }) => customerId ?? []))]
  const found = await inParallel({
    open: openTo(actor, ids),
    reports: reportsOf(visits),
    complaints: complaintsLate(actor, ids, now),
    promises: promisesLate(actor, ids, now),
    main: mainContacts(ids),
    roles: rolesOf(db, who.id),
    regulation: regulationAt(now),
    calendar: calendarAt(now),
  })
  const { roles, regulation } = found
  const calls = new Map(visits.flatMap((visit) => callOf(actor, visit, found) ?? []))
  return { ...found, calls, limit: (kind: Parameters<typeof limitOf>[2]) => limitOf(regulation, roles, kind) }
}
export type AroundDay = Awaited<ReturnType<typeof aroundDay>>

const clockColumns = Prisma.sql`d.id, d.kind, d.rule, d.unit::text, d.started_at as "startedAt", d.due_at as "dueAt",
  d.soon_at as "soonAt", d.paused_at as "pausedAt", d.met_at as "metAt", d.cancelled_at as "cancelledAt"`

async function reportsOf(visits: DayVisit[]): Promise<Map<string, Clock>> {
  const found = await ask<Clock & { subject: string }>`
    select d.subject, ${clockColumns} from deadline d
    where d.subject = any(${visits.map(subjectOf)}::text[]) and d.kind like 'visit.report%' and d.cancelled_at is null
    order by d.id`
  return new Map(found.map((clock) => [clock.subject, clock]))
}

/** CMP-03: the overdue clocks of complaints that this person may know of, the longest overdue of each customer. */
async function complaintsLate(actor: Actor, ids: bigint[], now: Date): Promise<Map<bigint, Late>> {
  if (ids.length === 0) return new Map()
  const found = await ask<Late>`
    with mine as (select id, number, customer_id from complaint
      where customer_id = any(${ids}::bigint[]) and state not in ('closed', 'void') and ${visibleComplaintsSql(actor)})
    select mine.customer_id as "customerId", mine.number, ${clockColumns}
    from mine join deadline d on d.subject = 'complaint:' || mine.id
    where d.kind like 'complaint.%' and d.met_at is null and d.cancelled_at is null and d.paused_at is null
      and d.due_at < ${now}::timestamptz
    order by d.due_at desc`
  return new Map(found.map((late) => [late.customerId, late]))
}

/** VIS-07: what was promised to them, and is past its day; to whoever sees the customer (PRV-02). */
async function promisesLate(actor: Actor, ids: bigint[], now: Date) {
  if (ids.length === 0) return []
  const found = await db.customerPromise.findMany({
    where: {
      customer: { AND: [{ id: { in: ids } }, visibleCustomers(actor)] },
      state: 'open',
      dueOn: { lt: dayOf(now) },
    },
    orderBy: { id: 'asc' },
    select: { customerId: true, task: { select: { number: true, title: true, dueOn: true } } },
  })
  return found.map(({ customerId, task }) => ({ customerId, ...task }))
}

/** Of each customer the one to ask for first, who has a telephone. */
async function mainContacts(ids: bigint[]) {
  if (ids.length === 0) return []
  return db.contact.findMany({
    where: { customerId: { in: ids }, removedAt: null, phones: { isEmpty: false } },
    orderBy: [{ main: 'desc' }, { id: 'asc' }],
    select: { id: true, customerId: true, name: true },
  })
}

type Contacts = Awaited<ReturnType<typeof mainContacts>>

/** PRV-02: the telephone stays masked; the button leads to where it is asked for. */
function callOf(actor: Actor, visit: DayVisit, { open, main }: { open: Set<bigint>; main: Contacts }) {
  const { customer, people, id } = visit
  if (!customer || !open.has(customer.id) || !mayUnmask(actor, customer, 'l2')) return null
  const theirs = main.filter(({ customerId }) => customerId === customer.id)
  const contact = theirs.find((one) => people.some(({ contactId }) => contactId === one.id)) ?? theirs[0]
  if (!contact) return null
  const call: Call = { name: contact.name, href: unmaskAddress(customer.number, 'phones', contact.id) }
  return [[id, call] as const]
}
