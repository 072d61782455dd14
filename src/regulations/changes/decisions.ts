import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { Forbidden, refuseIf, type Refusal } from '../../lib/refused.ts'
import { forgetRegulations } from '../in-force.ts'
import { auditEach, refusal } from './commands.ts'
import type { VerdictInput } from './forms.ts'
import { newestOf } from './newest.ts'
import { lockChange, type Change } from './queries.ts'
import { inForceFrom, overtakenProblems } from './rules.ts'
import { changeStates } from './states.ts'
import { tellDrafter } from './telling.ts'

const outcomes = { approve: 'approved', return: 'returned', refuse: 'refused' } as const

/** RULE-02: approves, returns or refuses; of two who decide at once the second learns what the first decided. */
export async function decideChange(actor: Actor, id: bigint, input: VerdictInput, now: Date) {
  const verdict = outcomes[input.verdict]
  await change(actor, async (tx, audit) => {
    if (!mayEver(actor, 'regulations.approve')) throw new Forbidden('regulations.approve')
    const before = await lockChange(tx, id)
    refuseIf(verdictProblems(actor, before, input))
    const state = changeStates.next(before.state, input.verdict)
    if (verdict === 'approved') await approve(tx, before, now)
    await tx.regulationChange.update({
      where: { id },
      data: {
        state,
        version: before.version + 1,
        ...(verdict === 'returned' ? {} : { decidedById: actor.id, decidedAt: now, decisionNote: input.note }),
      },
    })
    await auditVerdict(audit, before, input, now)
    await tellDrafter(tx, actor, before, verdict, now)
  })
  if (verdict === 'approved') forgetRegulations()
  return verdict
}

/** PPL-02: who drafts does not decide; a no has its reason. */
function verdictProblems(actor: Actor, before: Change, { verdict, note, version }: VerdictInput): Refusal[] {
  if (before.draftedBy.id === actor.id) return [{ rule: 'PPL-02', reason: 'regulations:refused.ownDraft' }]
  if (before.state !== 'waiting') return [decidedAlready(before)]
  if (before.version !== version) return refusal('regulations:refused.changedMeanwhile').refusals
  if (verdict !== 'approve' && note === null)
    return [{ rule: 'RULE-02', reason: 'regulations:refused.noReason', field: 'note' }]
  return []
}

function decidedAlready({ state, decidedBy, decidedAt, draftedBy }: Change): Refusal {
  const word = { word: `regulations:state.${state}` } as const
  if (!decidedBy || !decidedAt)
    return { rule: 'RULE-02', reason: 'regulations:refused.notWaiting', params: { state: word, who: draftedBy.name } }
  const params = { who: decidedBy.name, at: dateTimeText(decidedAt), state: word }
  return { rule: 'RULE-02', reason: 'regulations:refused.decided', params }
}

/** Each rule's version gets its number, and the moment from which it holds. */
async function approve(tx: Tx, before: Change, now: Date): Promise<void> {
  const rules = before.proposals.map(({ rule }) => rule)
  const [newest, inForceAt] = [await newestOf(tx, rules), inForceFrom(before.effectiveOn, now)]
  refuseIf(overtakenProblems(before.proposals, inForceAt, newest))
  for (const { id, rule } of before.proposals)
    await tx.regulationVersion.update({ where: { id }, data: { n: (newest(rule)?.n ?? 1) + 1, inForceAt } })
}

function auditVerdict(audit: Audit, before: Change, { verdict, note }: VerdictInput, now: Date): Promise<void> {
  const after = verdict === 'approve' ? { inForceAt: inForceFrom(before.effectiveOn, now) } : {}
  return auditEach(audit, `regulation.${outcomes[verdict]}`, before, { after, ...(note ? { why: note } : {}) })
}
