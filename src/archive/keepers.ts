import type { Prisma } from '../../prisma/client/client.ts'
import type { Role } from '../../prisma/client/enums.ts'
import { rowOf } from '../access/table.ts'
import { db, type Tx } from '../db.ts'
import { Refused, type Refusal } from '../lib/refused.ts'

export type Keeper = { id: bigint; number: string; name: string }

const rolesThatKeep = [...Object.keys(rowOf('archive.keep')), ...Object.keys(rowOf('archive.classified'))] as Role[]

/** ARC-01: 专人 is a colleague at work who works in the archive or is cleared for all of it. */
export const mayKeep = {
  state: 'active',
  leaving: { none: { state: 'open' } },
  grants: { some: { role: { in: rolesThatKeep } } },
} satisfies Prisma.StaffWhereInput

export function keepersToChoose(): Promise<{ number: string; name: string; department: { name: string } | null }[]> {
  return db.staff.findMany({
    where: mayKeep,
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { number: true, name: true, department: { select: { name: true } } },
  })
}

/** The one with this number; held, so that nobody puts the account out of use meanwhile. */
export async function lockKeeper(tx: Tx, number: string): Promise<Keeper> {
  await tx.$queryRaw`select 1 from staff where number = ${number.toUpperCase()} for key share`
  const where = { number: number.toUpperCase(), ...mayKeep }
  const keeper = await tx.staff.findFirst({ where, select: { id: true, number: true, name: true } })
  if (!keeper) throw new Refused([{ rule: 'ARC-01', reason: 'archive:refused.keeperUnknown', field: 'keeper' }])
  return keeper
}

/**
 * ARC-06: keeping opens what is kept without a window, so nobody takes over what others keep by naming himself; a
 * colleague names him.
 */
export const selfNamed = (
  actor: { id: bigint },
  from: { keeperId: bigint },
  to: Pick<Keeper, 'id'> | null,
): Refusal[] =>
  to?.id === actor.id && from.keeperId !== actor.id
    ? [{ rule: 'ARC-06', reason: 'archive:refused.keeperSelf', field: 'keeper' }]
    : []

/** For a choice of people: 南宫照 · 客户服务部 */
export function keeperOptions(people: Awaited<ReturnType<typeof keepersToChoose>>) {
  return people.map(({ number, name, department }) => ({
    value: number,
    word: [name, department?.name].filter(Boolean).join(' · '),
  }))
}
