import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { fold } from '../lib/text.ts'
import { wishOf } from './asking.ts'
import type { ListQuery } from './forms.ts'
import { guarded, type Guarded } from './rules.ts'

const columns = {
  id: true,
  number: true,
  name: true,
  phone: true,
  email: true,
  departmentId: true,
  department: { select: { name: true } },
  state: true,
  mustChangePassword: true,
  passwordExpiresAt: true,
  totpConfirmedAt: true,
  version: true,
  createdAt: true,
  grants: {
    orderBy: { id: 'asc' },
    select: {
      id: true,
      role: true,
      scope: true,
      departmentId: true,
      regionId: true,
      department: { select: { name: true } },
      region: { select: { name: true } },
      grantedBy: { select: { name: true } },
      grantedAt: true,
    },
  },
} satisfies Prisma.StaffSelect
export type Person = Prisma.StaffGetPayload<{ select: typeof columns }>
export type PersonGrant = Person['grants'][number]

export const listLimit = 200

/** One more than the list shows tells that there are more. */
export function people({ q, department, role, state }: ListQuery): Promise<Person[]> {
  const sought = fold(q)
  const where: Prisma.StaffWhereInput = {
    ...(department ? { departmentId: BigInt(department) } : {}),
    ...(role ? { grants: { some: { role } } } : {}),
    ...(state ? { state } : {}),
    ...(sought
      ? {
          OR: [
            { name: { contains: q.trim(), mode: 'insensitive' } },
            { number: { contains: sought.toUpperCase() } },
            { pinyin: { contains: sought } },
          ],
        }
      : {}),
  }
  return db.staff.findMany({ where, select: columns, orderBy: { number: 'asc' }, take: listLimit + 1 })
}

export async function personFor(_actor: Actor, number: string): Promise<Person> {
  const person = await db.staff.findUnique({ where: { number }, select: columns })
  if (!person) throw new NotFound()
  return person
}

/** PPL-02: what waits for a second person's word about somebody. */
export async function askedFor(id: bigint) {
  const waiting = await db.approvalRequest.findFirst({
    where: { kind: 'role.grant', subject: `staff:${id}`, state: 'waiting' },
    select: { number: true, payload: true },
  })
  return waiting ? { number: waiting.number, wish: wishOf(waiting) } : null
}

export async function personById(id: bigint): Promise<Person> {
  const person = await db.staff.findUnique({ where: { id }, select: columns })
  if (!person) throw new NotFound()
  return person
}

export async function grantFor(actor: Actor, number: string, grant: string) {
  const person = await personFor(actor, number)
  const found = person.grants.find(({ id }) => String(id) === grant)
  if (!found) throw new NotFound()
  return { person, grant: found }
}

export function ownedCustomers(id: bigint): Promise<number> {
  return db.customer.count({ where: { ownerId: id } })
}

/** AUD-03: what was changed; sign-ins and refusals, many a day, stand in the trail alone. */
export function historyOf(id: bigint) {
  return db.auditEntry.findMany({
    where: { subject: `staff:${id}`, kind: 'change' },
    orderBy: { id: 'desc' },
    take: 20,
  })
}

/** One after another: who is the last administrator can only be counted with nobody else changing it. */
export async function lockAdministrators(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('staff.administrators'))`
}

export async function lockPerson(tx: Tx, id: bigint): Promise<Person> {
  await tx.$queryRaw`select 1 from staff where id = ${id} for update`
  return tx.staff.findUniqueOrThrow({ where: { id }, select: columns })
}

export async function otherAdministrators(tx: Tx, id: bigint): Promise<Record<Guarded, number>> {
  const counts = { security_admin: 0, system_admin: 0 }
  for (const role of guarded)
    counts[role] = await tx.staff.count({ where: { id: { not: id }, state: 'active', grants: { some: { role } } } })
  return counts
}
