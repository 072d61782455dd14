import { rolesWith } from '../access/roles.ts'
import { db, type Tx } from '../db.ts'
import { Refused } from '../lib/refused.ts'

const mayWitness = { state: 'active', grants: { some: { role: { in: rolesWith('certificates.view') } } } } as const

/** ARC-23: the second name; whoever may see the ledger. */
export function witnessesToChoose(except: bigint) {
  return db.staff.findMany({
    where: { ...mayWitness, id: { not: except } },
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
    take: 300,
    select: { number: true, name: true, department: { select: { name: true } } },
  })
}

/** Held, so that nobody puts the account out of use meanwhile. */
export async function lockWitness(tx: Tx, number: string): Promise<{ id: bigint; name: string }> {
  await tx.$queryRaw`select 1 from staff where number = ${number} for key share`
  const found = await tx.staff.findFirst({ where: { number, ...mayWitness }, select: { id: true, name: true } })
  if (!found) throw new Refused([{ rule: 'ARC-23', reason: 'certificates:refused.witnessUnknown', field: 'witness' }])
  return found
}
