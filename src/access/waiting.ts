import { Prisma } from '../../prisma/client/client.ts'
import { ask } from '../db.ts'
import { dateText } from '../lib/dates.ts'

/** The numbers beside 审批, 投诉 and 拜访 stop here. */
const countedTo = 100

/** How long a process goes on with what it counted; what it files or decides itself it counts anew at once. */
const kept = 10_000
const counts = new Map<bigint, Waiting & { at: number }>()

/** APR-03: requests for this person's signature; the open complaints that this person handles; today's visits to make. */
export type Waiting = { requests: number; complaints: number; visits: number }

/** How many wait for this person, at most ten seconds old; every page shows it. */
export async function waitingFor(staffId: bigint, now: Date): Promise<Waiting> {
  const known = counts.get(staffId)
  const age = known ? now.getTime() - known.at : Infinity
  if (known && age >= 0 && age < kept) return known
  const [found] = await ask<Waiting>`
    with own as (select * from role_grant where staff_id = ${staffId})
    select ${waitingCount(staffId, now)} as requests, ${complaintCount(staffId)} as complaints,
      ${visitCount(staffId, now)} as visits`
  counts.set(staffId, { at: now.getTime(), ...found! })
  return found!
}

/** CMP-03: none that is about this person. */
const complaintCount = (staffId: bigint) => Prisma.sql`(
  select count(*)::int from (select from complaint where owner_id = ${staffId} and state not in ('closed', 'void')
    and not (${staffId} = any(accused)) limit ${countedTo}) as c)`

/** VIS-11: of the company's day. */
const visitCount = (staffId: bigint, now: Date) => Prisma.sql`(
  select count(*)::int from (select from visit where on_day = ${dateText(now)}::date and owner_id = ${staffId}
    and state = 'approved' limit ${countedTo}) as v)`

/** Something was changed here: it may have been asked for, decided or lent. */
export function forgetWaiting(): void {
  counts.clear()
}

/**
 * APR-03, APR-04: how many requests wait for this person: by their own grants (`own`), and by those of
 * whoever handed them kinds of approval. Each arm is cut off, so that a long queue costs no more than a short one. The
 * inbox itself asks for the same in approvals/mine.ts, where the rights are known beforehand.
 */
const waitingCount = (staffId: bigint, now: Date) => Prisma.sql`(
  with lenders as (
    select d.id, d.from_id from delegation d join staff f on f.id = d.from_id and f.state = 'active'
    where d.to_id = ${staffId} and d.ended_at is null and d.starts_at <= ${now}::timestamptz
      and d.ends_at > ${now}::timestamptz),
  lent as (
    select g.*, array(select k.kind from delegation_kind k where k.delegation_id = l.id) as kinds
    from lenders l join role_grant g on g.staff_id = l.from_id),
  rights as (select own.*, null::text[] as kinds from own union all select * from lent),
  places as (select ${departments} as departments, ${regions} as regions, r.* from rights r)
  select count(*)::int from (
    (${byRole(Prisma.sql`s.role`, staffId)}) union (${byRole(Prisma.sql`s.senior_role`, staffId)}) union
    (select s.id from approval_step s where s.state = 'open' and s.staff_id = ${staffId}
      and not ${staffId} = any(s.excluded) limit ${countedTo}) union
    (select found.id from lenders l cross join lateral (
      select s.id from approval_step s where s.state = 'open' and s.staff_id is not null and s.staff_id = l.from_id
        and not ${staffId} = any(s.excluded) and not l.from_id = any(s.excluded)
        and s.kind in (select k.kind from delegation_kind k where k.delegation_id = l.id) limit ${countedTo}) as found)
    limit ${countedTo}) as w)`

/** The departments of a grant with all below them; most rights are for the whole company. */
const departments = Prisma.sql`case when r.department_id is not null then array(
  with recursive down as (
    select r.department_id as id union all select d.id from department d join down on d.parent_id = down.id)
  select id from down) end`

const regions = Prisma.sql`case when r.region_id is not null then array(
  with recursive down as (
    select r.region_id as id union all select g.id from region g join down on g.parent_id = down.id)
  select id from down) end`

// Lateral, so that the index of the role's open steps is walked, never the open steps of everybody.
const byRole = (role: Prisma.Sql, staffId: bigint) => Prisma.sql`
  select found.id from places p cross join lateral (
    select s.id from approval_step s where s.state = 'open' and ${role} is not null and ${role} = p.role
      and (p.scope = 'company' or s.department_id = any(p.departments) or s.region_id = any(p.regions))
      and not ${staffId} = any(s.excluded)
      and (p.kinds is null or (s.kind = any(p.kinds) and not p.staff_id = any(s.excluded))) limit ${countedTo}) as found`
