import type { Prisma } from '../../prisma/client/client.ts'
import { db, type Tx } from '../db.ts'
import { rolesWithTasks } from './policy.ts'

export type Colleague = { id: bigint; number: string; name: string }

/** ACC-02: who is leaving is given nothing more. */
export const mayOwn = {
  state: 'active',
  leaving: { none: { state: 'open' } },
  grants: { some: { role: { in: rolesWithTasks } } },
} satisfies Prisma.StaffWhereInput

/** Colleagues who can be given a task. */
export function colleaguesToChoose(): Promise<{ number: string; name: string; department: { name: string } | null }[]> {
  return db.staff.findMany({
    where: mayOwn,
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
    take: 1000,
    select: { number: true, name: true, department: { select: { name: true } } },
  })
}

/** One of them; held, so that nobody puts the account out of use meanwhile. */
export async function lockColleague(tx: Tx, who: { number: string } | { id: bigint }): Promise<Colleague | null> {
  if ('id' in who) await tx.$queryRaw`select 1 from staff where id = ${who.id} for key share`
  else await tx.$queryRaw`select 1 from staff where number = ${who.number} for key share`
  return tx.staff.findFirst({ where: { ...who, ...mayOwn }, select: { id: true, number: true, name: true } })
}
