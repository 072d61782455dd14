import type { Actor } from '../access/actor.ts'
import type { ApprovalKind } from '../approvals/kinds.ts'
import { change, type Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { Correction, NewDelegation } from './forms.ts'
import { refuseOverlap } from './overlap.ts'
import { lockColleague, lockDelegation, type Colleague, type Delegation } from './queries.ts'
import { deputyProblems, kindProblems, periodProblems, spanOf, standingAt, type Span } from './rules.ts'
import { partOf, tellBoth, trailed } from './telling.ts'

/** APR-04: hands kinds of approval to a colleague for a time; the database itself refuses two for the same. */
export async function makeDelegation(actor: Actor, input: NewDelegation, now: Date): Promise<bigint> {
  const span = await checkedSpan(actor, input, now)
  return refuseOverlap(actor.id, input.kinds, span, null, () =>
    change(actor, async (tx, audit) => {
      const to = await deputyFor(tx, actor, input)
      const people = { fromId: actor.id, toId: to.id, reason: input.reason }
      const { id } = await tx.delegation.create({ data: { ...people, ...span, madeAt: now }, select: { id: true } })
      await lendKinds(tx, id, actor.id, input.kinds, span)
      const made = await lockDelegation(tx, id)
      const told = { before: { part: partOf(made) }, after: trailed(made), ...why(input.reason) }
      await audit('delegation.given', `staff:${actor.id}`, told)
      await audit('delegation.received', `staff:${to.id}`, told)
      await tellBoth(tx, 'delegation.given', made, actor, now)
      return id
    }),
  )
}

/** Before it begins all of it can be put right; who was to decide and no longer is, is told. */
export async function correctDelegation(actor: Actor, id: bigint, input: Correction, now: Date): Promise<void> {
  const span = await checkedSpan(actor, input, now)
  await refuseOverlap(actor.id, input.kinds, span, id, () =>
    change(actor, async (tx, audit) => {
      const before = await lockDelegation(tx, id)
      refuseIf(correctionProblems(actor, before, input.version, now))
      const to = await deputyFor(tx, actor, input)
      const data = { toId: to.id, reason: input.reason, ...span, version: before.version + 1 }
      await tx.delegation.update({ where: { id }, data })
      await tx.delegationKind.deleteMany({ where: { delegationId: id } })
      await lendKinds(tx, id, actor.id, input.kinds, span)
      const after = await lockDelegation(tx, id)
      await tellCorrected(tx, audit, actor, before, after, now)
    }),
  )
}

async function tellCorrected(tx: Tx, audit: Audit, actor: Actor, before: Delegation, after: Delegation, now: Date) {
  const told = {
    before: { ...trailed(before), part: partOf(before), version: before.version },
    after: { ...trailed(after), version: after.version },
    ...why(after.reason),
  }
  await audit('delegation.corrected', `staff:${after.fromId}`, told)
  if (before.toId === after.toId) await audit('delegation.corrected', `staff:${after.toId}`, told)
  else {
    await audit('delegation.ended', `staff:${before.toId}`, { before: told.before, after: {} })
    await audit('delegation.received', `staff:${after.toId}`, {
      before: { part: partOf(after) },
      after: trailed(after),
    })
    await tellBoth(tx, 'delegation.ended', before, actor, now)
  }
  await tellBoth(tx, 'delegation.given', after, actor, now)
}

/** Whoever gave it or has it ends it: what is left of the time ends now. */
export function endDelegation(actor: Actor, id: bigint, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const delegation = await lockDelegation(tx, id)
    if (standingAt(delegation, now) === 'past') refuse('delegations:refused.over')
    await endWithin(tx, audit, actor, delegation, now)
  })
}

/** The same within another change: a handover. */
export async function endWithin(tx: Tx, audit: Audit, by: Actor, delegation: Delegation, now: Date, reason?: string) {
  const { id, fromId, toId, startsAt, version } = delegation
  const endsAt = startsAt > now ? startsAt : now
  await tx.delegation.update({ where: { id }, data: { endedAt: now, version: version + 1 } })
  await tx.delegationKind.updateMany({ where: { delegationId: id }, data: { endsAt } })
  const told = {
    before: { ...trailed(delegation), part: partOf(delegation), version },
    after: {},
    ...why(reason ?? null),
  }
  for (const staff of [fromId, toId]) await audit('delegation.ended', `staff:${staff}`, told)
  await tellBoth(tx, 'delegation.ended', delegation, by, now)
}

async function checkedSpan(actor: Actor, input: NewDelegation, now: Date): Promise<Span> {
  const most = (await regulationAt(now)).value('approvals.delegation_days')
  const roles = actor.grants.map(({ role }) => role)
  refuseIf([...periodProblems(input, dateText(now), most), ...kindProblems(input.kinds, roles)])
  return spanOf(input, now)
}

async function deputyFor(tx: Tx, actor: Actor, { to, kinds }: Pick<NewDelegation, 'to' | 'kinds'>): Promise<Colleague> {
  const deputy = await lockColleague(tx, to.toUpperCase())
  if (!deputy || deputy.state !== 'active') refuse('delegations:refused.unknown', 'to')
  if (deputy.id === actor.id) refuse('delegations:refused.self', 'to')
  if (deputy.leaving.length > 0)
    throw new Refused([
      { rule: 'ACC-02', reason: 'delegations:refused.leaving', field: 'to', params: { name: deputy.name } },
    ])
  const [own, theirs] = [actor.grants, deputy.grants].map((grants) => grants.map(({ role }) => role))
  refuseIf(deputyProblems(kinds, own!, theirs!))
  return deputy
}

async function lendKinds(tx: Tx, delegationId: bigint, fromId: bigint, kinds: readonly ApprovalKind[], span: Span) {
  await tx.delegationKind.createMany({ data: kinds.map((kind) => ({ delegationId, kind, fromId, ...span })) })
}

function correctionProblems(actor: Actor, delegation: Delegation, opened: number, now: Date): Refusal[] {
  const problem = (reason: Refusal['reason']): Refusal[] => [{ rule: 'APR-04', reason }]
  if (delegation.fromId !== actor.id) return problem('delegations:refused.notGiver')
  if (standingAt(delegation, now) !== 'planned') return problem('delegations:refused.begun')
  return delegation.version === opened ? [] : problem('delegations:refused.changedMeanwhile')
}

const why = (reason: string | null) => (reason ? { why: reason } : {})

function refuse(reason: Refusal['reason'], field?: string): never {
  throw new Refused([{ rule: 'APR-04', reason, ...(field ? { field } : {}) }])
}
