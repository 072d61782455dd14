import type { Prisma } from '../../../prisma/client/client.ts'
import type { Trade } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../../lib/refused.ts'
import type { RuleId } from '../register.ts'
import type { RuleValues } from '../values.ts'
import type { DraftInput, StepInput } from './forms.ts'
import { lockChanges, newestOf, valuesAfter, waitingWith } from './newest.ts'
import { lockChange, type Change } from './queries.ts'
import { inForceFrom, overtakenProblems, readProposals, type Proposal } from './rules.ts'
import { changeStates } from './states.ts'
import { create } from './writing.ts'
import { auditEach } from './auditing.ts'
import { filingOf } from './approval.ts'
import { endWithout } from '../../approvals/ending.ts'
import { fileRequest, waitingAbout } from '../../approvals/filing.ts'
import { lockRequest } from '../../approvals/queries.ts'
import { dayOf } from '../../lib/days.ts'

export type Terms = { reason: string; effectiveOn: string; act: 'submit' | 'keep' }
/** What is proposed, given what the rules' values are, and everything wrong with it. */
export type Propose = (current: (rule: RuleId) => RuleValues) => { proposals: Proposal[]; problems: Refusal[] }
type About = { rules: readonly RuleId[]; preset?: Trade }

/** RULE-02: writes a change of one rule and sends it for approval if asked. */
export function draftChange(actor: Actor, rule: RuleId, input: DraftInput, now: Date): Promise<string> {
  return proposeChange(actor, { rules: [rule] }, input, (current) => readProposals([rule], input, now, current), now)
}

/** The same of several rules at once, from wherever their values come. */
export function proposeChange(actor: Actor, { rules, preset }: About, terms: Terms, propose: Propose, now: Date) {
  return change(actor, async (tx, audit) => {
    demandDrafter(actor)
    await lockChanges(tx)
    const { proposals, problems } = propose(valuesAfter(await newestOf(tx, rules)))
    refuseIf(problems)
    const { id, number } = await create(tx, actor, { proposals, preset: preset ?? null, terms }, now)
    const { reason, effectiveOn } = terms
    for (const { rule, values, replaces } of proposals) {
      const after = { number, effectiveOn, ...values }
      await audit('regulation.drafted', `regulation:${rule}`, { before: replaces, after, why: reason })
    }
    if (terms.act === 'submit') await submitStep(tx, audit, actor, await lockChange(tx, id), now)
    return number
  })
}

/** Writes a draft anew; it is then about the values that hold by now. */
export function redraftChange(actor: Actor, id: bigint, input: DraftInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const before = await lockOwn(tx, actor, id, input.version)
    if (before.state !== 'drafted') throw refusal('regulations:refused.state')
    const rules = before.proposals.map(({ rule }) => rule)
    const { proposals, problems } = readProposals(rules, input, now, valuesAfter(await newestOf(tx, rules)))
    refuseIf(problems)
    const { reason, effectiveOn } = input
    for (const [at, { values, replaces }] of proposals.entries())
      await tx.regulationVersion.update({
        where: { id: before.proposals[at]!.id },
        data: { values: values as Prisma.InputJsonObject, replaces: replaces as Prisma.InputJsonObject },
      })
    const version = before.version + 1
    await tx.regulationChange.update({ where: { id }, data: { reason, effectiveOn: dayOf(effectiveOn), version } })
    for (const [at, { rule, values }] of proposals.entries()) {
      const was = { ...before.proposals[at]!.values, effectiveOn: before.effectiveOn }
      const after = { number: before.number, effectiveOn, ...values }
      await audit('regulation.redrafted', `regulation:${rule}`, { before: was, after, why: reason })
    }
    if (input.act === 'submit') await submitStep(tx, audit, actor, await lockChange(tx, id), now)
  })
}

export function submitChange(actor: Actor, id: bigint, { version }: StepInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    await submitStep(tx, audit, actor, await lockOwn(tx, actor, id, version), now)
  })
}

/** Takes a draft back, and with it the request for its approval. */
export function withdrawChange(actor: Actor, id: bigint, { version }: StepInput, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const before = await lockOwn(tx, actor, id, version)
    const state = changeStates.next(before.state, 'withdraw')
    await tx.regulationChange.update({ where: { id }, data: { state, version: before.version + 1 } })
    await auditEach(audit, 'regulation.withdrawn', before)
    const waiting = await waitingAbout(tx, 'regulation.change', `regulation_change:${id}`)
    if (!waiting) return
    const how = { ending: 'withdrawn', reason: null } as const
    await endWithout(tx, audit, actor, await lockRequest(tx, waiting.id), how, now)
  })
}

/** RULE-02: one change of a rule at a time waits, and it says truly what it replaces. */
async function submitStep(tx: Tx, audit: Audit, actor: Actor, before: Change, now: Date): Promise<void> {
  const state = changeStates.next(before.state, 'submit')
  const rules = before.proposals.map(({ rule }) => rule)
  const other = await waitingWith(tx, rules, before.id)
  if (other) throw refusal('regulations:refused.waiting', { number: other.number, rules: sharedWith(other, rules) })
  const from = inForceFrom(before.effectiveOn, now)
  refuseIf(overtakenProblems(before.proposals, from, await newestOf(tx, rules)))
  await tx.regulationChange.update({ where: { id: before.id }, data: { state, version: before.version + 1 } })
  await auditEach(audit, 'regulation.submitted', before)
  const filing = await filingOf(tx, { ...before, state, version: before.version + 1 })
  await fileRequest(tx, audit, actor, { kind: 'regulation.change', ...filing }, now)
}

const sharedWith = (other: { versions: { rule: string }[] }, rules: readonly string[]) =>
  other.versions
    .map(({ rule }) => rule)
    .filter((rule) => rules.includes(rule))
    .join(' ')

async function lockOwn(tx: Tx, actor: Actor, id: bigint, version: number): Promise<Change> {
  demandDrafter(actor)
  const found = await lockChange(tx, id)
  if (found.draftedBy.id !== actor.id) throw new Forbidden('regulations.draft')
  if (found.version !== version) throw refusal('regulations:refused.changedMeanwhile')
  return found
}

function demandDrafter(actor: Actor): void {
  if (!mayEver(actor, 'regulations.draft')) throw new Forbidden('regulations.draft')
}

export function refusal(reason: Refused['refusals'][number]['reason'], params?: Record<string, string | number>) {
  return new Refused([{ rule: 'RULE-02', reason, ...(params ? { params } : {}) }])
}
