import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Forbidden, NotFound, Refused, refuseIf, type Refusal } from '../../lib/refused.ts'
import type { Moving, NewQuestion } from './forms.ts'
import { movedOrder, questionProblems } from './rules.ts'

const subject = 'visit_questions:1'
const refusal = (reason: Refusal['reason']) => new Refused([{ rule: 'VIS-06', reason }])

/** Wish 46: what reports ask from now on; those in force, held together, as their order is one. */
async function hold(tx: Tx, actor: Actor) {
  if (!mayEver(actor, 'visits.manage')) throw new Forbidden('visits.manage')
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('visit questions', 0))::text`
  return tx.visitQuestion.findMany({ where: { retiredAt: null }, orderBy: [{ n: 'asc' }, { id: 'asc' }] })
}

export function addQuestion(actor: Actor, input: NewQuestion, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const asked = await hold(tx, actor)
    refuseIf(questionProblems(input, asked))
    const n = (asked.at(-1)?.n ?? 0) + 1
    await tx.visitQuestion.create({ data: { ...input, n, createdAt: now }, select: { id: true } })
    await audit('visit_question.added', subject, { after: input })
  })
}

export function moveQuestion(actor: Actor, id: bigint, { way }: Moving): Promise<void> {
  return change(actor, async (tx, audit) => {
    const asked = await hold(tx, actor)
    const one = asked.find((other) => other.id === id)
    if (!one) throw refusal('visitQuestions:refused.gone')
    const before = asked.map((other) => other.id)
    const order = movedOrder(before, id, way)
    if (order.every((other, at) => other === before[at])) throw refusal('visitQuestions:refused.edge')
    for (const [at, other] of order.entries())
      await tx.visitQuestion.update({ where: { id: other }, data: { n: at + 1 } })
    await audit('visit_question.moved', subject, { after: { question: one.question, place: order.indexOf(id) + 1 } })
  })
}

/** It is asked no more; what was answered stays with its reports. */
export function retireQuestion(actor: Actor, id: bigint, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const asked = await hold(tx, actor)
    const one = asked.find((other) => other.id === id)
    if (!one)
      throw (await tx.visitQuestion.count({ where: { id } })) ? refusal('visitQuestions:refused.gone') : new NotFound()
    await tx.visitQuestion.update({ where: { id }, data: { retiredAt: now } })
    await audit('visit_question.retired', subject, { before: { question: one.question } })
  })
}
