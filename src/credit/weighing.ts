import type { CheckStep } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { fenOf, yuanText } from '../lib/money.ts'
import { endAsked } from './ending.ts'
import { releaseNow, trailOf, type Release } from './queries.ts'
import { weigh, type Figure, type Weighed } from './reckoning.ts'
import { scalesOf } from './scales.ts'
import { releaseStates } from './states.ts'

export type Check = { figure: Figure; weighed: Weighed; passed: boolean }

/**
 * CRD-06, CRD-20: the one check on every way into "released" and out of the gate, by the server's day, with the account
 * held: weighs the release, writes what was found, and lets it out or holds it. `amount`: what ships of it, in fen.
 */
export async function checkRelease(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  release: Release,
  step: CheckStep,
  now: Date,
  amount = fenOf(release.amount.toFixed(2)),
): Promise<Release & { check: Check }> {
  const { figure, request, guaranteeId, least } = await scalesOf(tx, release, now, amount)
  const weighed = weigh(figure, request, least)
  const passed = weighed.holds.length === 0
  await record(tx, actor, release, step, now, { figure, weighed, passed, amount })
  const state = nextState(release, passed)
  await tx.release.update({
    where: { id: release.id },
    data: {
      state,
      holds: weighed.holds,
      short: yuanText(weighed.short),
      cash: yuanText(weighed.cash),
      ground: passed ? weighed.ground : null,
      releasedAt: passed && release.state === 'held' ? now : release.releasedAt,
      guaranteeId: passed && weighed.guaranteed > 0 ? guaranteeId : null,
      guaranteed: passed ? yuanText(weighed.guaranteed) : '0',
      version: { increment: 1 },
    },
  })
  if (passed && release.state === 'held') await endAsked(tx, audit, actor, release, now)
  if (state !== release.state || step === 'request') await tell(audit, release, step, { figure, weighed, passed })
  return { ...(await releaseNow(tx, release.id)), check: { figure, weighed, passed } }
}

function nextState({ state }: Release, passed: boolean) {
  if (passed) return state === 'held' ? releaseStates.next(state, 'release') : state
  return state === 'released' ? releaseStates.next(state, 'hold') : state
}

type Found = Check & { amount: number }
const record = (
  tx: Tx,
  actor: Actor,
  { id }: Release,
  step: CheckStep,
  now: Date,
  { figure, weighed, passed, amount }: Found,
) =>
  tx.releaseCheck.create({
    data: {
      releaseId: id,
      step,
      at: now,
      byId: actor.id,
      eligible: figure.eligible,
      method: figure.method,
      limit: yuanText(figure.limit),
      exposure: yuanText(figure.exposure),
      available: yuanText(figure.available),
      overdue: yuanText(figure.overdue),
      overdueDays: figure.overdueDays,
      amount: yuanText(amount),
      cash: yuanText(weighed.cash),
      short: yuanText(weighed.short),
      passed,
      holds: weighed.holds,
    },
  })

const tell = (audit: Audit, release: Release, step: CheckStep, { figure, weighed, passed }: Check) =>
  audit(passed ? 'release.released' : 'release.held', trailOf(release), {
    after: {
      release: release.number,
      step,
      amount: release.amount.toFixed(2),
      available: yuanText(figure.available),
      short: yuanText(weighed.short),
      ...(passed ? { ground: weighed.ground } : { holds: weighed.holds }),
    },
  })
