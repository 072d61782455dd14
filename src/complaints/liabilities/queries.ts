import type { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { db, ask, type Tx } from '../../db.ts'
import type { DeadlineKind } from '../../deadlines/kinds.ts'
import { NotFound } from '../../lib/refused.ts'
import { complaintFor, subjectOf, type Complaint } from '../queries.ts'
import { complaintClocks } from '../clocks.ts'

const related = {
  department: { select: { id: true, name: true } },
  staff: { select: { id: true, name: true, number: true } },
} satisfies Prisma.LiabilityInclude
type Stored = Prisma.LiabilityGetPayload<{ include: typeof related }>
export type Person = { id: bigint; name: string; number: string }
export type Liability = Stored & { head: Person | null; recordedBy: string; confirmedBy: string | null }

/** A complaint, and of its liability rows the one that the address names. */
export type WithLiability = Complaint & { liability: Liability }

/** The rows of one complaint, those withdrawn last. */
export async function liabilitiesOf(complaintId: bigint): Promise<Liability[]> {
  const rows = await db.liability.findMany({ where: { complaintId }, include: related, orderBy: { id: 'asc' } })
  const named = await namesOf(rows)
  return rows.map(named).toSorted((a, b) => Number(a.withdrawnAt !== null) - Number(b.withdrawnAt !== null))
}

export async function liabilityFor(actor: Actor, number: string, id: string): Promise<WithLiability> {
  const complaint = await complaintFor(actor, number)
  if (!/^\d{1,18}$/.test(id)) throw new NotFound()
  const row = await db.liability.findFirst({
    where: { id: BigInt(id), complaintId: complaint.id, withdrawnAt: null },
    include: related,
  })
  if (!row) throw new NotFound()
  return { ...complaint, liability: (await namesOf([row]))(row) }
}

/** Holds the row until the transaction ends. */
export async function lockLiability(tx: Tx, id: bigint): Promise<Stored> {
  await tx.$queryRaw`select from liability where id = ${id} for update`
  const row = await tx.liability.findUnique({ where: { id }, include: related })
  if (!row) throw new NotFound()
  return row
}

async function namesOf(rows: readonly Stored[]): Promise<(row: Stored) => Liability> {
  const ids = rows.flatMap(({ headId, recordedById, confirmedById }) => [headId, recordedById, confirmedById])
  const people = await db.staff.findMany({
    where: { id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, name: true, number: true },
  })
  const known = new Map(people.map((one) => [one.id, one]))
  return (row) => ({
    ...row,
    head: row.headId === null ? null : (known.get(row.headId) ?? null),
    recordedBy: known.get(row.recordedById)?.name ?? '',
    confirmedBy: row.confirmedById === null ? null : (known.get(row.confirmedById)?.name ?? ''),
  })
}

export type Missed = { kind: DeadlineKind; due: Date; ended: Date | null; ownerId: bigint | null }

/** CMP-17: the clocks of a complaint that were missed: what a delay in handling is recorded from. */
export const missedOf = (complaint: { id: bigint }): Promise<Missed[]> =>
  ask<Missed>`
    select kind, breached_at as due, coalesce(met_at, cancelled_at) as ended, owner_id as "ownerId"
    from deadline where subject = ${subjectOf(complaint)} and breached_at is not null
      and kind = any(${[...complaintClocks]}::text[]) order by breached_at`

/** Whom the form offers: everybody at work, and whoever heads each department. */
export async function choicesFor() {
  const [departments, people, heads] = await Promise.all([
    db.department.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } }),
    db.staff.findMany({
      where: { state: 'active' },
      select: { id: true, number: true, name: true, departmentId: true, department: { select: { name: true } } },
      orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
      take: 2000,
    }),
    ask<{ departmentId: bigint; staffId: bigint }>`
      select department_id as "departmentId", min(staff_id) as "staffId" from role_grant
      where role = 'dept_head' and department_id is not null group by department_id`,
  ])
  return { departments, people, heads: new Map(heads.map((one) => [one.departmentId, one.staffId])) }
}
export type Choices = Awaited<ReturnType<typeof choicesFor>>
