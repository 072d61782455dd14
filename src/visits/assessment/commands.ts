import { createHash } from 'node:crypto'
import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import { dayOf } from '../../lib/days.ts'
import { monthBounds } from '../../lib/months.ts'
import { Forbidden, refuseIf, Refused } from '../../lib/refused.ts'
import { notify } from '../../notices/commands.ts'
import type { SignatureInput } from './forms.ts'
import { assessmentPolicy } from './policy.ts'
import type { PersonFound } from './people.ts'
import { monthOfPerson, type Assessed } from './queries.ts'
import { signingProblems, type Figures } from './rules.ts'

/** Which figures somebody looked at. */
export const hashOf = (figures: Figures, score: number | null): string =>
  createHash('sha256')
    .update(JSON.stringify([figures, score]))
    .digest('hex')

/** What stands in the way of signing this month of theirs. */
export const signingOf = ({ figures, whole, signed, score }: Assessed, month: string, now: Date) =>
  signingProblems({
    over: monthBounds(month).until <= now,
    open: figures.open,
    whole,
    signed: signed !== null,
    score,
    month,
  })

/** VIS-09: a person's month as the head saw it, kept beside what is counted later; the person is told. */
export async function signMonth(actor: Actor, person: PersonFound, input: SignatureInput, now: Date): Promise<number> {
  const { month, comment, seen } = input
  if (!assessmentPolicy.sign(actor, person)) throw new Forbidden('assessments.sign')
  return change(actor, async (tx, audit) => {
    // One after another, so that two heads at once do not both sign.
    await tx.$queryRaw`select 1 from staff where id = ${person.id} for no key update`
    const one = await monthOfPerson(actor, person, month, now)
    refuseIf(signingOf(one, month, now))
    const { figures, score } = one
    if (hashOf(figures, score) !== seen) throw new Refused([{ rule: 'VIS-09', reason: 'assessment:refused.changed' }])
    const facts = {
      ownerId: person.id,
      departmentId: person.departmentId,
      month: dayOf(`${month}-01`),
      figures,
      comment,
    }
    const row = { ...facts, score: score!, signedAt: now, signedById: actor.id }
    await tx.visitAssessment.create({ data: row })
    await audit('assessment.signed', `staff:${person.id}`, { after: { month, score, ...figures, comment } })
    const href = `/visits/assessment/${person.number}?month=${month}`
    const params = { by: actor.name, month, score: score! }
    await notify(
      tx,
      [{ to: person.id, kind: 'visit.assessed', subject: `staff:${person.id}`, href, rule: 'VIS-09', params }],
      now,
    )
    return score!
  })
}
