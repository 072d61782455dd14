import type { Prisma } from '../../../prisma/client/client.ts'
import { db, type Tx } from '../../db.ts'
import { refuseIf, Refused } from '../../lib/refused.ts'
import { peopleProblems } from './rules.ts'

type Named = { owner: string; checker: string | null }
export type Colleague = { id: bigint; number: string; name: string }

/** ACC-02: anybody at work may have a measure; who is leaving is given nothing more. */
const mayHave = { state: 'active', leaving: { none: { state: 'open' } } } satisfies Prisma.StaffWhereInput

/** Whom the forms offer. */
export function peopleToChoose() {
  return db.staff.findMany({
    where: mayHave,
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
    take: 2000,
    select: { number: true, name: true, department: { select: { name: true } } },
  })
}

/** The owner and the checker of a measure by their numbers; both at work, two people, neither complained about. */
export async function namedIn(
  tx: Tx,
  { owner, checker }: Named,
  accused: readonly bigint[],
): Promise<{ owner: Colleague; checker: Colleague | null }> {
  const doing = await colleague(tx, owner, 'owner')
  const checking = checker === null ? null : await colleague(tx, checker, 'checker')
  refuseIf(peopleProblems({ ownerId: doing.id, checkerId: checking?.id ?? null, accused }))
  return { owner: doing, checker: checking }
}

/** Held, so that nobody puts the account out of use meanwhile. */
async function colleague(tx: Tx, written: string, field: string): Promise<Colleague> {
  const number = written.toUpperCase()
  await tx.$queryRaw`select from staff where number = ${number} for key share`
  const select = { id: true, number: true, name: true }
  const found = await tx.staff.findFirst({ where: { ...mayHave, number }, select })
  if (found) return found
  throw new Refused([{ rule: 'CMP-18', reason: 'measures:refused.unknownPerson', field }])
}
