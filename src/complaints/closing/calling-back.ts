import type { Actor } from '../../access/actor.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { refuseIf } from '../../lib/refused.ts'
import { meetClock } from '../clocks.ts'
import { addContact, spokenTo } from '../contacts/commands.ts'
import { momentProblems, tryProblems } from '../contacts/rules.ts'
import { anotherRound } from '../contacts/steps.ts'
import { moveOn, progressed } from '../course.ts'
import { holdFor } from '../holding.ts'
import { subjectOf, type Complaint } from '../queries.ts'
import type { CallBackForm } from './forms.ts'
import { noteAlone } from './others.ts'
import { askingBy } from './queries.ts'
import { scoreProblems } from './rules.ts'
import { askingProblems } from './guards.ts'

export type CalledBack = 'satisfied' | 'dissatisfied' | 'unreached'

/** CMP-07, CMP-11: asks the customer; who is not satisfied gets another remedy, in a round of its own. */
export function callBack(actor: Actor, { id }: { id: bigint }, input: CallBackForm, now: Date): Promise<CalledBack> {
  return change(actor, async (tx, audit) => {
    const found = await holdFor(tx, actor, id, 'complaints.call_back', { version: input.version, rule: 'CMP-11' })
    refuseIf([...(await askingProblems(tx, actor, found)), ...answerProblems(found, input, now)])
    const { alone } = await askingBy(tx, actor, found)
    const complaint = await spokenTo(tx, found, actor, input.reached, now)
    const { way, at, words } = input
    const { reached, satisfied, score } = reachedOnly(input)
    await addContact(tx, complaint, actor, { way, at, words, purpose: 'asking', reached, satisfied, score })
    if (reached) await meetClock(tx, 'complaint.contact', complaint, now)
    const result: CalledBack = !reached ? 'unreached' : satisfied ? 'satisfied' : 'dissatisfied'
    await goOn(tx, complaint, result, { satisfaction: score, askedAt: at }, now)
    const after = { contactedAt: at, way, round: complaint.round, ...(reached ? { score } : {}) }
    const why = result === 'dissatisfied' ? { why: words } : {}
    await audit(`complaint.${result}`, subjectOf(complaint), { after, ...why })
    if (alone) await noteAlone(tx, audit, actor, complaint, words, now)
    return result
  })
}

type Asked = { satisfaction: number | null; askedAt: Date }

async function goOn(tx: Tx, complaint: Complaint, result: CalledBack, asked: Asked, now: Date): Promise<void> {
  if (result === 'satisfied') await moveOn(tx, complaint, 'satisfy', { ...asked, outcome: 'settled' }, now)
  else if (result === 'unreached') await progressed(tx, complaint, now)
  else await anotherRound(tx, complaint, 'dissatisfy', { satisfaction: asked.satisfaction }, now)
}

function answerProblems(complaint: Complaint, input: CallBackForm, now: Date) {
  const problems = [...momentProblems(input.at, complaint.toldAt ?? complaint.receivedAt, now), ...scoreProblems(input)]
  return input.reached ? problems : [...problems, ...tryProblems(input.at, now)]
}

/** Whoever was not reached said nothing. */
const reachedOnly = (line: Pick<CallBackForm, 'reached' | 'satisfied' | 'score'>) =>
  line.reached ? line : { reached: false, satisfied: null, score: null }
