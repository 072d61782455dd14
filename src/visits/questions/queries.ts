import type { CustomerGrade, VisitTarget } from '../../../prisma/client/enums.ts'
import { ask, db, type Db } from '../../db.ts'

export type Question = {
  id: bigint
  target: VisitTarget | null
  grade: CustomerGrade | null
  question: string
  required: boolean
  n: number
  retiredAt: Date | null
}

/** Wish 46: what the company also asks of such a visit, in its order. */
export function questionsFor(
  { target, grade }: { target: VisitTarget; grade: CustomerGrade | null },
  from: Pick<Db, 'visitQuestion'> = db,
): Promise<Question[]> {
  return from.visitQuestion.findMany({
    where: {
      retiredAt: null,
      AND: [{ OR: [{ target: null }, { target }] }, { OR: [{ grade: null }, ...(grade ? [{ grade }] : [])] }],
    },
    orderBy: [{ n: 'asc' }, { id: 'asc' }],
    omit: { createdAt: true },
  })
}

/** Those of these answers whose question exists. */
export async function knownAnswers<A extends { id: bigint }>(
  tx: Pick<Db, 'visitQuestion'>,
  answers: readonly A[],
): Promise<A[]> {
  const where = { id: { in: answers.map(({ id }) => id) } }
  const known = new Set((await tx.visitQuestion.findMany({ where, select: { id: true } })).map(({ id }) => id))
  return answers.filter(({ id }) => known.has(id))
}

/** All of them with how often they were answered: those asked now in their order, those retired last. */
export function allQuestions(): Promise<(Question & { answers: number })[]> {
  return ask<Question & { answers: number }>`
    select id, target::text, grade::text, question, required, n, retired_at as "retiredAt",
      (select count(*)::int from visit_answer a where a.question_id = q.id) as answers
    from visit_question q order by retired_at desc nulls first, n, id`
}
