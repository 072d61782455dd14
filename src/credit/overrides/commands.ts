import type { OverrideKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { fileUntold } from '../../approvals/filing.ts'
import { change } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { dayOf } from '../../lib/days.ts'
import { yuanText } from '../../lib/money.ts'
import { Forbidden, Refused, refuseIf } from '../../lib/refused.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { creditPolicy } from '../policy.ts'
import { lockRelease, releaseSubject, trailOf, type Release } from '../queries.ts'
import { approvalOf, basisOf, daysAhead, returnedBefore, scalesFor, signerOf, waitingFor } from './queries.ts'
import { askProblems, dayProblems, ruleOf } from './rules.ts'

/** `on`: the day that an overdue approval is asked for. */
type Asking = { version: number; reason: string; on?: string }

/**
 * CRD-05, CRD-07, CRD-08: asks for one release and amount: what is over now, or for the overdue one the whole release on
 * one day. Answers with the approval's number.
 */
export function askOverride(actor: Actor, id: bigint, kind: OverrideKind, input: Asking, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const release = await lockRelease(tx, id)
    if (!creditPolicy.ask(actor, release)) throw new Forbidden(creditPolicy.ask.act)
    const { standing, weighed } = await scalesFor(tx, release, kind, now)
    refuseIf(askProblems(kind, standing))
    await refuseWaiting(tx, release, kind)
    if (release.version !== input.version)
      throw new Refused([{ rule: ruleOf[kind], reason: 'overrides:refused.changedMeanwhile' }])
    if (input.on) refuseIf(dayProblems(input.on, await daysAhead(now)))
    const amount = kind === 'overdue' ? release.amount.toFixed(2) : yuanText(weighed.short)
    const number = await file(tx, actor, { release, kind, amount, input }, now)
    await audit(`override.${kind}_asked`, trailOf(release), {
      after: { release: release.number, amount, approval: number, ...(input.on ? { on: input.on } : {}) },
      why: input.reason,
    })
    return number
  })
}

async function refuseWaiting(tx: Tx, release: Release, kind: OverrideKind): Promise<void> {
  const number = await waitingFor(tx, release, kind)
  if (number) throw new Refused([{ rule: ruleOf[kind], reason: 'overrides:refused.waiting', params: { number } }])
}

type Filing = { release: Release; kind: OverrideKind; amount: string; input: Asking }

async function file(tx: Tx, actor: Actor, { release, kind, amount, input }: Filing, now: Date): Promise<string> {
  const { id, customerId, departmentId, regionId, ownerId, requestedById } = release
  const { id: override } = await tx.creditOverride.create({
    data: {
      releaseId: id,
      customerId,
      kind,
      amount,
      reason: input.reason,
      askedAt: now,
      askedById: actor.id,
      validOn: input.on ? dayOf(input.on) : null,
    },
    select: { id: true },
  })
  const regulation = await regulationAt(now)
  const subject = releaseSubject(release)
  const follows = await returnedBefore(tx, approvalOf[kind], subject)
  const { number } = await fileUntold(
    tx,
    actor,
    {
      kind: approvalOf[kind],
      subject,
      customerId,
      place: { departmentId, regionId },
      basis: basisOf(override, release),
      payload: { override: String(override) },
      amount,
      reason: input.reason,
      signatures: [{ role: regulation.value(signerOf[kind]) }],
      // PPL-02: whose goods and whose customer it is.
      excluded: [requestedById, ...(ownerId === null ? [] : [ownerId])],
      ...(follows === null ? {} : { follows }),
    },
    now,
  )
  await tx.creditOverride.update({ where: { id: override }, data: { request: number } })
  return number
}
