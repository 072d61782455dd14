import type { Actor } from '../../access/actor.ts'
import { db } from '../../db.ts'
import { NotFound } from '../../lib/refused.ts'
import { namesById, namesInOrder } from '../../staff/naming.ts'
import type { Complaint } from '../queries.ts'

const columns = { id: true, complaintId: true, facts: true, putAt: true, putById: true, answer: true, answeredAt: true }

/** CMP-03: what was put to this person and to nobody else; of the complaint itself nothing. */
export async function statementFor(actor: Actor, id: string) {
  if (!/^\d{1,18}$/.test(id)) throw new NotFound()
  const found = await db.complaintStatement.findFirst({ where: { id: BigInt(id), staffId: actor.id }, select: columns })
  if (!found) throw new NotFound()
  const [by] = await namesInOrder([found.putById])
  return { ...found, by: by ?? '' }
}
export type Statement = Awaited<ReturnType<typeof statementFor>>

/** For those who handle it: whom it is about, what was put to them and what they said. */
export async function statementsOf({ id }: Pick<Complaint, 'id'>) {
  const found = await db.complaintStatement.findMany({
    where: { complaintId: id },
    orderBy: { id: 'asc' },
    select: { ...columns, staff: { select: { name: true, number: true } } },
  })
  const names = await namesById(found.map(({ putById }) => putById))
  return found.map((one) => ({ ...one, by: names.get(one.putById) ?? '' }))
}

export const peopleOf = (ids: readonly bigint[]) =>
  db.staff.findMany({
    where: { id: { in: [...ids] }, state: 'active' },
    orderBy: { pinyin: 'asc' },
    select: { id: true, name: true, number: true },
  })
