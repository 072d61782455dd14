import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { moveDeadline } from '../../deadlines/commands.ts'
import { refuseIf } from '../../lib/refused.ts'
import { lockMeasure, subjectOf, trailOf } from './queries.ts'
import { peopleProblems } from './rules.ts'

type Party = { id: bigint; name: string }
type HandingOver = { ids: bigint[]; from: Party; to: Party; why: string; now: Date }

/** ACC-02, CMP-18: the measures of somebody who leaves: to do, or to verify; never both by one, never by whom it is about. */
export async function handMeasuresOver(
  tx: Tx,
  audit: Audit,
  { ids, from, to, why, now }: HandingOver,
  as: 'owner' | 'checker',
): Promise<bigint[]> {
  const taken: bigint[] = []
  for (const id of ids.toSorted((a, b) => Number(a - b))) {
    const measure = await lockMeasure(tx, id)
    const { ownerId, checkerId, complaint, number } = measure
    if ((as === 'owner' ? ownerId : checkerId) !== from.id) continue
    const people = { ownerId, checkerId, [as === 'owner' ? 'ownerId' : 'checkerId']: to.id }
    // Whom else it is about is named anew by who approves measures.
    const problems = peopleProblems({ ...people, accused: complaint.accused.filter((one) => one === to.id) })
    refuseIf(problems.map((problem) => ({ ...problem, field: 'to' })))
    await tx.correctiveAction.update({ where: { id }, data: { ...people, version: { increment: 1 } } })
    for (const kind of as === 'owner' ? (['measure.due'] as const) : (['measure.check', 'measure.effect'] as const))
      await moveDeadline(tx, kind, subjectOf(measure), { ownerId: to.id }, now)
    await audit('measure.people', trailOf(measure), {
      before: { [as]: from.name },
      after: { measure: number, [as]: to.name },
      why,
    })
    taken.push(id)
  }
  return taken
}
