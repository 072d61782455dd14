import type { Actor } from '../../access/actor.ts'
import type { Refusal } from '../../lib/refused.ts'
import type { Complaint } from '../queries.ts'
import { complaintStates } from '../states.ts'
import { askingBy, attemptsFor, closingFacts, daysTried, endingBy, type Reads } from './queries.ts'
import { closingProblems, outcomeOf, triedEnough, type ClosingFacts } from './rules.ts'

// What stands against the last steps whatever is typed: asked by the addresses of their forms, and again by their commands.

/** CMP-07, CMP-11: against asking the customer. */
export async function askingProblems(from: Reads, actor: Actor, complaint: Complaint): Promise<Refusal[]> {
  const course = complaintStates.problems(complaint.state, 'satisfy')
  return course.length > 0 ? course : (await askingBy(from, actor, complaint)).problems
}

/** CBK-02: against going on because nobody was reached. */
export async function unreachableProblems(from: Reads, actor: Actor, complaint: Complaint): Promise<Refusal[]> {
  const problems = await endProblems(from, actor, complaint, 'unreachable')
  if (problems.length > 0) return problems
  const [days, attempts] = [await daysTried(from, complaint), await attemptsFor(complaint)]
  if (triedEnough(days, attempts)) return []
  return [{ rule: 'CBK-02', reason: 'closing:refused.tooFewTries', params: { days, attempts } }]
}

/** CMP-11: against leaving it without a remedy that the customer takes. */
export async function unresolvedProblems(from: Reads, actor: Actor, complaint: Complaint): Promise<Refusal[]> {
  const problems = await endProblems(from, actor, complaint, 'unresolved')
  if (problems.length > 0 || complaint.round >= 2) return problems
  return [{ rule: 'CMP-11', reason: 'closing:refused.firstRound' }]
}

async function endProblems(from: Reads, actor: Actor, complaint: Complaint, outcome: 'unreachable' | 'unresolved') {
  const course = complaintStates.problems(complaint.state, 'give_up')
  return course.length > 0 ? course : (await endingBy(from, actor, complaint, outcome)).problems
}

/** CMP-11, CMP-20: against closing it. */
export async function endingProblems(
  from: Reads,
  actor: Actor,
  complaint: Complaint,
  facts?: ClosingFacts,
): Promise<Refusal[]> {
  const known = facts ?? (await closingFacts(from, complaint))
  const open = [...closingProblems(known)]
  if (open.length > 0) return open
  const course = complaintStates.problems(complaint.state, 'close')
  return course.length > 0 ? course : (await endingBy(from, actor, complaint, outcomeOf(known))).problems
}

/** CMP-11: a closed complaint is what letters, ratings and reopening are about. */
export const closedProblems = ({ state }: Pick<Complaint, 'state'>): Refusal[] =>
  state === 'closed' ? [] : [{ rule: 'CMP-11', reason: 'closing:refused.notClosed' }]
