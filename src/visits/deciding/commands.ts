import type { Actor } from '../../access/actor.ts'
import { decideRequest, type Decided } from '../../approvals/deciding.ts'
import { refuseIf } from '../../lib/refused.ts'
import type { Plan } from '../queries.ts'
import { linesOf } from './queries.ts'
import { choiceProblems, plainly, verdictOf, type Choice, type Line } from './rules.ts'

export type LinesDecision = { version: number; reason: string | null; choices: readonly Choice[] }

const mostReason = 500

/**
 * VIS-01: signs the plan with a choice for each line and each cost over the limit, in one transaction and by the rules of
 * every approval (APR-01, APR-02, APR-04): what is chosen is its handler's to carry out.
 */
export async function decideLines(
  actor: Actor,
  { plan, request }: { plan: Plan; request: { id: bigint; state: string } },
  { version, reason, choices: sent }: LinesDecision,
  now: Date,
): Promise<Decided> {
  const choices = sent.map(plainly)
  const lines = (await linesOf(plan.id)).filter(({ state }) => state === 'waiting')
  // Of one that is decided already the approval says by whom and when.
  if (request.state === 'waiting') refuseIf(choiceProblems(lines, choices))
  const verdict = verdictOf(choices)
  const said = verdict === 'approve' ? reason : (reason ?? whysOf(lines, choices))
  return decideRequest(actor, request.id, { verdict, reason: said, version, details: choices }, now)
}

/** Nothing agreed and no word of its own: what was said of the lines is the reason. */
function whysOf(lines: readonly Line[], choices: readonly Choice[]): string {
  const parties = new Map(lines.map(({ id, party }) => [id, party]))
  const said = choices.map(({ visit, why }) => `${parties.get(visit) ?? ''}：${why ?? ''}`).join('；')
  return said.length > mostReason ? `${said.slice(0, mostReason - 1)}…` : said
}
