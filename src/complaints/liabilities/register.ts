import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { ask, db } from '../../db.ts'
import { monthBounds } from '../month/rules.ts'
import { visibleComplaintsSql } from '../policy.ts'
import type { RegisterQuery } from './forms.ts'

export const pageSize = 50

export type RegisterRow = {
  id: bigint
  complaint: string
  title: string
  recordedAt: Date
  department: string
  staff: string | null
  head: string | null
  delay: boolean
  loss: string
  penalty: string
  headPenalty: string
  reason: string
  confirmedAt: Date | null
  withdrawnAt: null
}
type Sums = Record<'loss' | 'penalty' | 'headPenalty', string>
export type Register = {
  rows: RegisterRow[]
  more: boolean
  n: number
  sums: Sums
  departments: { id: bigint; name: string }[]
}

/** CMP-17: the register of what stands, with the sum of all that the conditions find. */
export async function registerFor(actor: Actor, query: RegisterQuery): Promise<Register> {
  const where = conditions(actor, query)
  const [rows, [sums], departments] = await Promise.all([
    rowsOf(Prisma.sql`${where} ${beyond(query.after)}`, pageSize + 1),
    ask<Sums & { n: number }>`
      select count(*)::int as n, coalesce(sum(l.loss), 0)::text as loss, coalesce(sum(l.penalty), 0)::text as penalty,
        coalesce(sum(l.head_penalty), 0)::text as "headPenalty"
      from liability l where ${where}`,
    db.department.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } }),
  ])
  const { n, ...amounts } = sums!
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, n, sums: amounts, departments }
}

const rowsAtOnce = 1000

/** All of it, in pieces, for a file. */
export async function* everyRow(actor: Actor, query: RegisterQuery): AsyncGenerator<RegisterRow> {
  const where = conditions(actor, query)
  for (let after: string | undefined; ;) {
    const rows: RegisterRow[] = await rowsOf(Prisma.sql`${where} ${beyond(after)}`, rowsAtOnce)
    yield* rows
    if (rows.length < rowsAtOnce) return
    after = String(rows.at(-1)!.id)
  }
}

const beyond = (after: string | undefined) => (after ? Prisma.sql`and l.id < ${BigInt(after)}` : Prisma.empty)

const rowsOf = (where: Prisma.Sql, most: number) =>
  ask<RegisterRow>`
    select l.id, k.number as complaint, k.title, l.recorded_at as "recordedAt", d.name as department,
      s.name || ' ' || s.number as staff, h.name || ' ' || h.number as head, l.delay, l.loss::text, l.penalty::text,
      l.head_penalty::text as "headPenalty", l.reason, l.confirmed_at as "confirmedAt", null as "withdrawnAt"
    from liability l join complaint k on k.id = l.complaint_id join department d on d.id = l.department_id
      left join staff s on s.id = l.staff_id left join staff h on h.id = l.head_id
    where ${where} order by l.id desc limit ${most}`

function conditions(actor: Actor, { month, department, person, confirmed }: RegisterQuery): Prisma.Sql {
  const bounds = month ? monthBounds(month) : null
  const parts = [
    Prisma.sql`l.withdrawn_at is null`,
    Prisma.sql`l.complaint_id in (select id from complaint where ${visibleComplaintsSql(actor, 'complaints.statistics')})`,
    ...(bounds
      ? [Prisma.sql`l.recorded_at >= ${bounds.from}::timestamptz and l.recorded_at < ${bounds.until}::timestamptz`]
      : []),
    ...(department ? [Prisma.sql`l.department_id = ${BigInt(department)}`] : []),
    ...(person ? [Prisma.sql`(select id from staff where number = ${person}) in (l.staff_id, l.head_id)`] : []),
    ...(confirmed === 'yes' ? [Prisma.sql`l.confirmed_at is not null`] : []),
    ...(confirmed === 'no' ? [Prisma.sql`l.confirmed_at is null`] : []),
  ]
  return Prisma.join(parts, ' and ')
}
