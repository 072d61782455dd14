import type { Refusal } from '../../lib/refused.ts'

/** More, and nobody reports on the road. */
export const mostQuestions = 20

type Asked = { question: string; target: string | null; grade: string | null }

/** Wish 46: one question is asked once of the same visits, and not too many of them. */
export function questionProblems(one: Asked, known: readonly Asked[]): Refusal[] {
  const same = known.some((other) => other.question === one.question && isSame(other, one))
  if (same) return [{ rule: 'VIS-06', reason: 'visitQuestions:refused.same', field: 'question' }]
  if (known.length < mostQuestions) return []
  return [{ rule: 'VIS-06', reason: 'visitQuestions:refused.tooMany', params: { most: mostQuestions } }]
}

const isSame = (one: Asked, other: Asked) => one.target === other.target && one.grade === other.grade

/** The order after one has moved by a place; the same order where it cannot. */
export function movedOrder(ids: readonly bigint[], id: bigint, way: 'up' | 'down'): bigint[] {
  const at = ids.indexOf(id)
  const to = way === 'up' ? at - 1 : at + 1
  if (at < 0 || to < 0 || to >= ids.length) return [...ids]
  return ids.with(at, ids[to]!).with(to, id)
}
