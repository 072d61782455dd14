import { Prisma } from '../../prisma/client/client.ts'
import type { ApplicationState, ArchivePurpose, ItemState, SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { NotFound } from '../lib/refused.ts'
import { visibleLoansSql, type PlacedLoan } from './policy.ts'
import { toldSql, type Named } from './queries.ts'

export type AskedItem = {
  id: string
  number: string
  known: boolean
  title: string
  secrecy: SecrecyLevel
  state: ItemState
  copies: number
  pages: number
  /** What became of it under this application. */
  loan: { number: string; returned: boolean } | null
  /** Out with anybody. */
  out: boolean
}

/** ARC-09: an application, as one reader may see it. */
export type Application = PlacedLoan & {
  id: bigint
  number: string
  state: ApplicationState
  purpose: ArchivePurpose
  reason: string
  days: number
  exceptional: boolean
  filedAt: Date
  endedAt: Date | null
  version: number
  customerId: bigint
  customer: Named | null
  applicant: Named
  department: string | null
  request: { id: string; number: string; state: string; endedAt: string | null } | null
  seal: { name: string } | null
  items: AskedItem[]
}

const columns = (actor: Actor, at: Date) => Prisma.sql`a.id, a.number, a.state::text, a.purpose::text, a.reason, a.days,
  a.exceptional, a.filed_at as "filedAt", a.ended_at as "endedAt", a.version, a.customer_id as "customerId",
  a.applicant_id as "borrowerId", s.department_id as "borrowerDepartmentId",
  json_build_object('number', s.number, 'name', s.name) as applicant,
  (select name from department where id = s.department_id) as department,
  (select json_build_object('id', r.id::text, 'number', r.number, 'state', r.state, 'endedAt', r.ended_at)
    from approval_request r where r.id = a.request_id) as request,
  case when a.seal_file_id is not null then json_build_object('name', a.seal_name) end as seal,
  case when (select bool_and(${toldSql(actor, at)}) from loan_application_item n join archive_item i on i.id = n.item_id
      where n.application_id = a.id) then (
    select json_build_object('number', number, 'name', name) from customer
    where id = a.customer_id and ${visibleCustomersSql(actor)}) end as customer,
  (select coalesce(json_agg(json_build_object('id', i.id::text, 'number', i.number, 'known', w.known,
      'title', case when w.known then i.title else '' end, 'secrecy', i.secrecy, 'state', i.state, 'copies', n.copies,
      'pages', case when w.known then i.pages else 0 end,
      'loan', (select json_build_object('number', l.number, 'returned', l.returned_at is not null) from loan l
        where l.application_id = a.id and l.item_id = i.id),
      'out', exists (select from loan l where l.item_id = i.id and l.returned_at is null)) order by i.number), '[]')
    from loan_application_item n join archive_item i on i.id = n.item_id
    cross join lateral (select ${toldSql(actor, at)} as known) w where n.application_id = a.id) as items,
  c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId"`

const tables = Prisma.sql`loan_application a join customer c on c.id = a.customer_id join staff s on s.id = a.applicant_id`

/** An application lies as a loan does: its applicant is who will borrow. */
const visibleSql = (actor: Actor) => Prisma.sql`a.id in (
  select l.id from (select id, customer_id, applicant_id as borrower_id from loan_application) l
  where l.id = a.id and ${visibleLoansSql(actor)})`

export async function applicationFor(actor: Actor, number: string): Promise<Application> {
  const [found] = await ask<Application>`select ${columns(actor, now())} from ${tables}
    where a.number = ${number.toUpperCase()} and ${visibleSql(actor)}`
  if (!found) throw new NotFound()
  return found
}

export async function applicationById(actor: Actor, id: bigint, at: Date): Promise<Application> {
  const [found] = await ask<Application>`select ${columns(actor, at)} from ${tables} where a.id = ${id}`
  if (!found) throw new NotFound()
  return found
}

/** One's own, newest first: those that go on before those that have ended. */
export function ownApplications(actor: Actor, at: Date): Promise<Application[]> {
  return ask<Application>`select ${columns(actor, at)} from ${tables} where a.applicant_id = ${actor.id}
    order by a.state in ('waiting', 'approved') desc, a.id desc limit 20`
}

/** ARC-09: what is approved, names the item and was not lent on yet: for the desk. The longest approved comes first. */
export function approvedFor(actor: Actor, itemId: bigint, at: Date): Promise<Application[]> {
  return ask<Application>`select ${columns(actor, at)} from ${tables}
    where a.state = 'approved' and ${visibleSql(actor)}
      and exists (select from loan_application_item n where n.application_id = a.id and n.item_id = ${itemId})
      and not exists (select from loan l where l.application_id = a.id and l.item_id = ${itemId})
    order by a.id limit 20`
}

/** Holds the row until the transaction ends, after the items'. */
export async function lockApplication(tx: Tx, id: bigint) {
  await tx.$queryRaw`select 1 from loan_application where id = ${id} for update`
  return tx.loanApplication.findUniqueOrThrow({
    where: { id },
    include: {
      items: { orderBy: { itemId: 'asc' } },
      applicant: { select: { id: true, name: true, number: true, state: true, departmentId: true } },
      request: { select: { endedAt: true, steps: { select: { role: true, insteadOf: true, state: true } } } },
    },
  })
}
export type HeldApplication = Awaited<ReturnType<typeof lockApplication>>
