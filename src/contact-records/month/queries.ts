import { Prisma } from '../../../prisma/client/client.ts'
import type { ContactRecordWay } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { may, withinSql } from '../../access/policy.ts'
import { calendarAt } from '../../calendar/queries.ts'
import { visibleCustomersSql } from '../../customers/policy.ts'
import { ask, db, type Tx } from '../../db.ts'
import { dayOf } from '../../lib/days.ts'
import { monthBounds, monthOf } from '../../lib/months.ts'
import { NotFound } from '../../lib/refused.ts'
import { planningRole } from '../../visits/posts.ts'
import type { ContactMonthQuery } from './forms.ts'
import { filingDue } from './rules.ts'

export type MonthLine = {
  visit: boolean
  number: string
  at: Date
  enteredAt: Date
  late: boolean
  way: ContactRecordWay | null
  formal: boolean
  customerId: bigint | null
  customer: string
  customerNumber: string | null
  person: string | null
  content: string
  result: string
  nextStep: string | null
  nextOn: string | null
}
export type Filing = { filedAt: Date; late: boolean; visits: number; records: number; customers: number }
export type MonthPerson = {
  id: bigint
  number: string
  name: string
  departmentId: bigint | null
  department: string | null
}
/** Where each of a reader's people stands; `filedAt` null: not yet. */
export type FiledRow = { number: string; name: string; department: string | null } & (Filing | { filedAt: null })

export type ContactMonthFound = {
  month: string
  person: MonthPerson
  lines: MonthLine[]
  filing: Filing | null
  dueAt: Date
  others: FiledRow[]
}

/** REL-01: a person's month of contacts; whose one may not see does not exist. */
export async function contactMonthFor(
  actor: Actor,
  { of, who }: ContactMonthQuery,
  now: Date,
): Promise<ContactMonthFound> {
  const month = of || monthOf(now)
  const person = await personFor(actor, who || actor.number)
  const [lines, filing, calendar, others] = await Promise.all([
    linesOf(actor, person, month),
    filingOf(db as unknown as Tx, person.id, month),
    calendarAt(now),
    filedBy(actor, month),
  ])
  return { month, person, lines, filing, dueAt: filingDue(calendar, month), others }
}

async function personFor(actor: Actor, number: string): Promise<MonthPerson> {
  const [found] = await ask<MonthPerson>`
    select s.id, s.number, s.name, s.department_id as "departmentId", d.name as department
    from staff s left join department d on d.id = s.department_id where s.number = ${number}`
  if (!found) throw new NotFound()
  const place = { ownerId: found.id, departmentId: found.departmentId, regionId: null }
  if (found.id !== actor.id && !may(actor, 'contact_records.view', place)) throw new NotFound()
  return found
}

export async function filingOf(tx: Pick<Tx, 'contactMonth'>, ownerId: bigint, month: string): Promise<Filing | null> {
  return tx.contactMonth.findUnique({
    where: { ownerId_month: { ownerId, month: dayOf(`${month}-01`) } },
    select: { filedAt: true, late: true, visits: true, records: true, customers: true },
  })
}

/** Visits reported and contacts recorded by a person, of the month in which they were, in their order. */
export function linesOf(actor: Actor, { id }: { id: bigint }, month: string): Promise<MonthLine[]> {
  const { from, until } = monthBounds(month)
  const seen = Prisma.sql`(select number from customer where id = w.customer_id and ${visibleCustomersSql(actor)})`
  return ask<MonthLine>`
    with own as (
      select true as visit, v.number, v.starts_at as at, v.reported_at as entered_at, v.report_late as late, null::text as way,
        true as formal, v.customer_id, v.party as customer, (
          select string_agg(p.name, '、' order by p.id) from visit_person p where p.visit_id = v.id and p.met) as person,
        r.content, r.feedback as result, r.next_step, r.next_on
      from visit v join visit_report r on r.visit_id = v.id
      where v.owner_id = ${id} and v.state = 'reported' and v.starts_at >= ${from}::timestamptz and v.starts_at < ${until}::timestamptz
      union all
      select false, c.number, c.at, c.recorded_at, c.late, c.way::text, c.formal, c.customer_id, k.name,
        concat_ws('、', p.name, c.person), c.content, c.result, c.next_step, c.next_on
      from contact_record c join customer k on k.id = c.customer_id left join contact p on p.id = c.contact_id
      where c.owner_id = ${id} and c.at >= ${from}::timestamptz and c.at < ${until}::timestamptz)
    select visit, number, at, entered_at as "enteredAt", late, way, formal, customer_id as "customerId", customer,
      ${seen} as "customerNumber", person, content, result, next_step as "nextStep", next_on::text as "nextOn"
    from own w order by at, number`
}

/** Who of the people a reader watches over has filed the month, who has not first. */
function filedBy(actor: Actor, month: string): Promise<FiledRow[]> {
  const place = {
    owner: Prisma.sql`s.id`,
    department: Prisma.sql`s.department_id`,
    region: Prisma.sql`null::bigint`,
  }
  return ask<FiledRow>`
    select s.number, s.name, d.name as department, m.filed_at as "filedAt", m.late, m.visits, m.records, m.customers
    from staff s left join department d on d.id = s.department_id
      left join contact_month m on m.owner_id = s.id and m.month = ${`${month}-01`}::date
    where s.id <> ${actor.id} and ${withinSql(actor, 'contact_records.view', place)}
      and (m.id is not null or (s.state = 'active'
        and exists (select from role_grant g where g.staff_id = s.id and g.role = ${planningRole}::role)))
    order by m.filed_at is not null, d.name, s.pinyin, s.id limit 500`
}
