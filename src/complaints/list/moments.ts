import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { dayStart } from '../../lib/dates.ts'
import { whoseSql } from '../counting.ts'
import type { ComplaintListQuery } from './forms.ts'
import { idOf, type Names } from './names.ts'

/** What happened to it and when: received, closed, missed, come again, reopened, paused. */
export function momentsSql(actor: Actor, query: ComplaintListQuery, names: Names): Prisma.Sql[] {
  return [
    ...between(Prisma.sql`received_at`, query.from, query.to),
    ...between(Prisma.sql`closed_at`, query.closedFrom, query.closedTo),
    ...breachedSql(actor, query, names),
    ...escalatedSql(query),
    ...reopenedSql(query),
    ...pausedSql(query),
  ]
}

/** Both days included, by the company's clock. */
function between(column: Prisma.Sql, from: string, to: string): Prisma.Sql[] {
  return [
    ...(from ? [Prisma.sql`${column} >= ${dayStart(from)}::timestamptz`] : []),
    ...(to ? [Prisma.sql`${column} < ${dayStart(to, 1)}::timestamptz`] : []),
  ]
}

const doneKinds = ['complaint.done', 'complaint.done_days', 'complaint.done_hours']
const kindsOf = (breached: Exclude<ComplaintListQuery['breached'], '' | 'any' | 'never'>): string[] => {
  if (breached === 'counted') return ['complaint.contact', 'complaint.progress', ...doneKinds]
  return breached === 'done' ? doneKinds : [`complaint.${breached}`]
}

/** CMP-15: by the breach, which is never taken back: that there was one the complaint tells itself. A clock is found by its case, or its cases by the days. */
function breachedSql(actor: Actor, query: ComplaintListQuery, names: Names): Prisma.Sql[] {
  const { breached, breachedFrom: from, breachedTo: to, breachedOf: who } = query
  if (!breached && !from && !to && !who) return []
  const parts = [
    Prisma.sql`d.breached_at is not null and d.kind like 'complaint.%' and d.subject like 'complaint:%'`,
    ...(breached === '' || breached === 'any' || breached === 'never'
      ? []
      : [Prisma.sql`d.kind = any(${kindsOf(breached)}::text[])`]),
    ...between(Prisma.sql`d.breached_at`, from, to),
    ...whoseClockSql(actor, who, names),
  ]
  const found = Prisma.join(parts, ' and ')
  if (breached === 'never') {
    if (parts.length === 1) return [Prisma.sql`not breached`]
    return [Prisma.sql`not exists (select from deadline d where d.subject = 'complaint:' || complaint.id and ${found})`]
  }
  if (parts.length === 1) return [Prisma.sql`breached`]
  if (from || to) return [Prisma.sql`id in (select substr(d.subject, 11)::bigint from deadline d where ${found})`]
  const missed = Prisma.sql`select from deadline d where d.subject = 'complaint:' || complaint.id and ${found}`
  return [Prisma.sql`breached and exists (${missed})`]
}

// As the month counts it: of a clock that was nobody's, whose the case is.
const whoseOrCase = Prisma.sql`coalesce(${whoseSql}, d.owner_id, (select coalesce(k.owner_id, k.received_by_id)
  from complaint k where k.id = case when d.subject ~ '^complaint:[0-9]{1,18}$' then substr(d.subject, 11)::bigint end))`

function whoseClockSql(actor: Actor, who: string, names: Names): Prisma.Sql[] {
  if (who === '') return []
  return [who === 'none' ? Prisma.sql`${whoseOrCase} is null` : Prisma.sql`${whoseOrCase} = ${idOf(actor, who, names)}`]
}

function escalatedSql({ escalated, escalatedFrom: from, escalatedTo: to }: ComplaintListQuery): Prisma.Sql[] {
  if (!escalated && !from && !to) return []
  if (escalated === 'no') return [Prisma.sql`escalated = 0`]
  const parts = [...(escalated === 'unrecorded' ? [Prisma.sql`unrecorded`] : []), ...between(Prisma.sql`at`, from, to)]
  if (parts.length === 0) return [Prisma.sql`escalated > 0`]
  return [Prisma.sql`id in (select complaint_id from complaint_escalation where ${Prisma.join(parts, ' and ')})`]
}

function reopenedSql({ reopened, reopenedFrom: from, reopenedTo: to }: ComplaintListQuery): Prisma.Sql[] {
  if (!reopened && !from && !to) return []
  if (reopened === 'no') return [Prisma.sql`reopened = 0`]
  const days = between(Prisma.sql`at`, from, to)
  if (days.length === 0) return [Prisma.sql`reopened > 0`]
  return [Prisma.sql`id in (select complaint_id from complaint_reopening where ${Prisma.join(days, ' and ')})`]
}

function pausedSql({ paused, pausedFrom: from, pausedTo: to }: ComplaintListQuery): Prisma.Sql[] {
  if (paused === 'now') return [Prisma.sql`paused`]
  if (!paused && !from && !to) return []
  const days = between(Prisma.sql`from_at`, from, to)
  const among = Prisma.sql`(select complaint_id from complaint_pause where ${Prisma.join([Prisma.sql`true`, ...days], ' and ')})`
  return [paused === 'never' ? Prisma.sql`id not in ${among}` : Prisma.sql`id in ${among}`]
}
