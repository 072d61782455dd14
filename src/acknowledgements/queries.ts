import { Prisma } from '../../prisma/client/client.ts'
import type { Role } from '../../prisma/client/enums.ts'
import { rowOf } from '../access/table.ts'
import { ask, db } from '../db.ts'
import type { Standing } from './rules.ts'
import { soonAt } from './rules.ts'

/** Until when this person has acknowledged, be it over; null who never has. */
export async function acknowledgedUntil(staffId: bigint): Promise<Date | null> {
  const last = await db.acknowledgement.findFirst({
    where: { staffId },
    orderBy: { untilAt: 'desc' },
    select: { untilAt: true },
  })
  return last?.untilAt ?? null
}

/** Who has access to files at all, and so has to acknowledge. */
export const fileRoles = Object.keys(rowOf('archive.view')) as Role[]

export type Holder = {
  id: bigint
  number: string
  name: string
  department: string | null
  roles: Role[]
  at: Date | null
  untilAt: Date | null
}

export const pageSize = 100

const holders = Prisma.sql`
  select s.id, s.number, s.name, d.name as department, a.at, a.until_at as "untilAt",
    array(select distinct g.role::text from role_grant g where g.staff_id = s.id order by 1) as roles
  from staff s left join department d on d.id = s.department_id
  left join lateral (select at, until_at from acknowledgement a where a.staff_id = s.id
    order by until_at desc limit 1) a on true
  where s.state = 'active'
    and exists (select from role_grant g where g.staff_id = s.id and g.role::text = any(${fileRoles}::text[]))`

const conditions = (now: Date): Record<Standing, Prisma.Sql> => ({
  none: Prisma.sql`"untilAt" is null`,
  lapsed: Prisma.sql`"untilAt" <= ${now}::timestamptz`,
  soon: Prisma.sql`"untilAt" > ${now}::timestamptz and "untilAt" <= ${soonAt(now)}::timestamptz`,
  valid: Prisma.sql`"untilAt" > ${soonAt(now)}::timestamptz`,
})

/** Everybody at work who has access to files, by number; `after` begins behind that one. */
export async function holdersOf(
  { standing, after = '' }: { standing?: Standing | undefined; after?: string | undefined },
  now: Date,
): Promise<{ rows: Holder[]; more: boolean }> {
  const where = standing ? conditions(now)[standing] : Prisma.sql`true`
  const rows = await ask<Holder>`select * from (${holders}) h where ${where} and number > ${after}
    order by number limit ${pageSize + 1}`
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize }
}

export async function holderCounts(now: Date): Promise<Record<Standing, number>> {
  const { none, lapsed, soon, valid } = conditions(now)
  const [counts] = await ask<Record<Standing, number>>`
    select count(*) filter (where ${none})::int as none, count(*) filter (where ${lapsed})::int as lapsed,
      count(*) filter (where ${soon})::int as soon, count(*) filter (where ${valid})::int as valid from (${holders}) h`
  return counts!
}

/** Who cannot open a file now; all of them, for a reminder. */
export function lacking(now: Date): Promise<Holder[]> {
  const { none, lapsed } = conditions(now)
  return ask<Holder>`select * from (${holders}) h where (${none} or ${lapsed}) order by number`
}

/** Whose acknowledgement ends soon, and who was not told of that one yet. */
export function endingUntold(now: Date): Promise<Holder[]> {
  return ask<Holder>`select * from (${holders}) h where ${conditions(now).soon}
    and not exists (select from notice n where n.staff_id = h.id and n.kind = 'acknowledgement.ending'
      and n.subject = 'staff:' || h.id::text and n.params ->> 'untilAt' = (extract(epoch from "untilAt") * 1000)::bigint::text)
    order by number limit 1000`
}
