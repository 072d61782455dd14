import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { dateText, dayStart } from '../../lib/dates.ts'
import { withBelow } from '../../organisation/tree.ts'
import { visibleComplaintsSql } from '../policy.ts'
import type { ComplaintListQuery } from './forms.ts'
import { momentsSql } from './moments.ts'
import { idOf, type Names } from './names.ts'

/** All that the list asks of a complaint but for the words sought, over the columns of `complaint`. */
export function conditionsSql(actor: Actor, query: ComplaintListQuery, names: Names, now: Date): Prisma.Sql[] {
  const { kind, level, channel, outcome, group, customer } = query
  return [
    ...stateSql(query.state),
    ...(kind ? [Prisma.sql`kind = ${kind}::complaint_kind`] : []),
    ...(level ? [Prisma.sql`level = ${level}::complaint_level`] : []),
    ...(channel ? [Prisma.sql`channel = ${channel}::complaint_channel`] : []),
    ...(outcome ? [Prisma.sql`outcome = ${outcome}::complaint_outcome`] : []),
    ...causeSql(query.cause),
    ...foundedSql(query.founded),
    ...peopleSql(actor, query, names),
    ...departmentSql(query, names),
    ...(group ? [Prisma.sql`group_id = ${BigInt(group)}`] : []),
    ...customerSql(customer),
    ...dueSql(query.due, now),
    ...momentsSql(actor, query, names),
    ...ratedSql(query.satisfaction),
    ...compensationSql(query.compensation),
    ...(query.reach ? [visibleComplaintsSql(actor, 'complaints.statistics')] : []),
  ]
}

// Written out, so that the indexes of what is open are seen to fit.
const open = Prisma.sql`state not in ('closed', 'void')`

function stateSql(state: ComplaintListQuery['state']): Prisma.Sql[] {
  if (state === 'all') return []
  if (state === 'valid') return [Prisma.sql`state <> 'void'`]
  if (state === '') return [open]
  if (state.length === 1 && state[0] === 'closed') return [Prisma.sql`state = 'closed'`]
  const chosen = Prisma.sql`state = any(${state}::complaint_state[])`
  return state.some((one) => one === 'closed' || one === 'void') ? [chosen] : [Prisma.sql`${open} and ${chosen}`]
}

function causeSql(cause: ComplaintListQuery['cause']): Prisma.Sql[] {
  if (cause === '') return []
  return [cause === 'none' ? Prisma.sql`cause is null` : Prisma.sql`cause = ${cause}::complaint_cause`]
}

function foundedSql(founded: ComplaintListQuery['founded']): Prisma.Sql[] {
  if (founded === '') return []
  return [founded === 'none' ? Prisma.sql`founded is null` : Prisma.sql`founded = ${founded === 'yes'}`]
}

// The last two in words that an index can be walked by.
const columns: Record<'owner' | 'taker' | 'person', (id: bigint) => Prisma.Sql> = {
  owner: (id) => Prisma.sql`owner_id = ${id}`,
  taker: (id) => Prisma.sql`received_by_id = ${id}`,
  person: (id) => Prisma.sql`(owner_id = ${id} or owner_id is null and received_by_id = ${id})`,
}

function peopleSql(actor: Actor, query: ComplaintListQuery, names: Names): Prisma.Sql[] {
  return (['owner', 'taker', 'person'] as const).flatMap((name) => {
    const who = query[name]
    if (who === '') return []
    if (who === 'none') return [name === 'owner' ? Prisma.sql`owner_id is null` : Prisma.sql`false`]
    return [columns[name](idOf(actor, who, names))]
  })
}

const answeredBy = (ids: bigint[]) =>
  Prisma.sql`(department_id = any(${ids}::bigint[])
    or department_id is null and receiving_department_id = any(${ids}::bigint[]))`

function departmentSql({ department, unit }: ComplaintListQuery, { departments }: Names): Prisma.Sql[] {
  return [
    ...(department ? [answeredBy(withBelow(departments, department))] : []),
    ...(unit === 'none' ? [Prisma.sql`department_id is null and receiving_department_id is null`] : []),
    ...(/\d/.test(unit) ? [answeredBy([BigInt(unit)])] : []),
  ]
}

function customerSql(customer: string): Prisma.Sql[] {
  if (customer === '') return []
  if (customer === 'none') return [Prisma.sql`customer_id is null`]
  return [Prisma.sql`customer_id = (select id from customer where number = ${customer})`]
}

function dueSql(due: ComplaintListQuery['due'], now: Date): Prisma.Sql[] {
  if (due === '') return []
  if (due === 'overdue') return [Prisma.sql`due_at < ${now}::timestamptz`]
  return [Prisma.sql`due_at >= ${now}::timestamptz and due_at <= ${endOf(now)}::timestamptz`]
}

/** Midnight belongs to the day that it ends. */
const endOf = (now: Date) => dayStart(dateText(now), 1)

function ratedSql(satisfaction: ComplaintListQuery['satisfaction']): Prisma.Sql[] {
  if (satisfaction === '') return []
  if (satisfaction === 'none') return [Prisma.sql`satisfaction is null`]
  if (satisfaction === 'any') return [Prisma.sql`satisfaction is not null`]
  return [satisfaction === 'low' ? Prisma.sql`satisfaction <= 2` : Prisma.sql`satisfaction = ${Number(satisfaction)}`]
}

function compensationSql(compensation: string): Prisma.Sql[] {
  if (compensation === '') return []
  if (compensation === 'none') return [Prisma.sql`compensation = 0`]
  return [compensation === 'some' ? Prisma.sql`compensation > 0` : Prisma.sql`compensation >= ${compensation}::numeric`]
}
