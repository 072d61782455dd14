import type { OverrideKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import type { Ending, Handler, Request, Told } from '../../approvals/contract.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { startDeadlines } from '../../deadlines/commands.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { fenOf, yuanText } from '../../lib/money.ts'
import { daysOfMonth, monthBounds, monthOf } from '../../lib/months.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { repaymentSubject } from '../ending.ts'
import { lockRelease, trailOf, type Release } from '../queries.ts'
import { tellReleased } from '../telling.ts'
import { checkRelease } from '../weighing.ts'
import { overrideCard, overrideObjects, overrideTitle } from './card.ts'
import { basisOf, overrideIn, scalesFor } from './queries.ts'
import { signProblems } from './rules.ts'

const handlerOf = (kind: OverrideKind): Handler => ({
  basis: async (tx, request) => {
    const id = overrideIn(request)
    const found = await tx.creditOverride.findUnique({ where: { id }, include: { release: true } })
    return found?.state === 'waiting' && found.release.state === 'held' ? basisOf(id, found.release) : null
  },
  approve: (tx, audit, decider, request, now) => approve(tx, audit, decider, { request, kind }, now),
  ended: (tx, audit, _by, request, ending, _now, { reason }) =>
    ended(tx, audit, { request, kind, ending, reason: reason ?? null }),
  card: (actor, request, now) => overrideCard(actor, request, kind, now),
  title: (actor, request) => overrideTitle(actor, request, kind),
  objects: (actor, request) => overrideObjects(actor, request),
})

/** CRD-05, CRD-07, CRD-08: each signed for one release and amount; what was asked is weighed again as it is signed. */
export const firstOverride = handlerOf('first')
export const finalOverride = handlerOf('final')
export const overdueRelease = handlerOf('overdue')

const releaseIn = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('release:'.length))

type Signing = { request: Request; kind: OverrideKind }

async function approve(
  tx: Tx,
  audit: Audit,
  decider: Actor,
  { request, kind }: Signing,
  now: Date,
): Promise<Told | undefined> {
  const release = await lockRelease(tx, releaseIn(request))
  refuseOwn(decider, release)
  const override = await tx.creditOverride.findUniqueOrThrow({ where: { id: overrideIn(request) } })
  const { standing } = await scalesFor(tx, release, kind, now)
  const asked = { amount: fenOf(override.amount.toFixed(2)), validOn: dayText(override.validOn) }
  refuseIf(signProblems(kind, asked, standing, dateText(now)))
  const signed = await tx.creditOverride.update({
    where: { id: override.id },
    data: {
      state: 'approved',
      signedAt: now,
      signedById: decider.id,
      month: dayOf(`${monthOf(now)}-01`),
      validOn: kind === 'overdue' ? override.validOn : dayOf(kind === 'final' ? lastDay(now) : now),
      limitThen: yuanText(standing.limit),
    },
  })
  await audit(`override.${kind}_approved`, trailOf(release), {
    after: {
      release: release.number,
      amount: signed.amount.toFixed(2),
      ...(kind === 'overdue' ? { on: dayText(signed.validOn) } : {}),
      ...(kind === 'final' ? { dueOn: dayText(signed.validOn) } : {}),
      limit: yuanText(standing.limit),
      approval: request.number,
    },
  })
  if (kind === 'final') await startDue(tx, release, override, now)
  const checked = await checkRelease(tx, audit, decider, release, 'approval', now)
  if (checked.check.passed) await tellReleased(tx, decider, [checked], now, [request.filedById])
  return toldOf(decider, checked, kind)
}

/** PPL-02: it may have been handed on, since it was asked, to whoever is to sign. */
function refuseOwn(decider: Actor, { ownerId, requestedById }: Release): void {
  if (decider.id === ownerId || decider.id === requestedById)
    throw new Refused([{ rule: 'PPL-02', reason: 'approvals:refused.own' }])
}

const lastDay = (now: Date): string => daysOfMonth(monthOf(now)).at(-1)!

/** CRD-08: the money is due by the end of the month; the customer's owner sees to it. */
async function startDue(tx: Tx, { customerId }: Release, { id }: { id: bigint }, now: Date): Promise<void> {
  const dueAt = new Date(monthBounds(monthOf(now)).until.getTime() - 1)
  await startDeadlines(tx, 'credit.repayment', [{ subject: repaymentSubject({ id }), customerId, dueAt }], now)
}

const toldOf = ({ name }: Actor, { number, state }: Release, kind: OverrideKind): Told => ({
  kind: 'credit.signed',
  href: `/releases/${number}`,
  params: { by: name, number, what: { word: `credit:override.${kind}` }, state: { word: `credit:state.${state}` } },
})

type Over = { request: Request; kind: OverrideKind; ending: Ending; reason: string | null }

/** Refused it stays refused; sent back, taken back, lapsed or overtaken it may be asked for again. The release stays held. */
async function ended(tx: Tx, audit: Audit, { request, kind, ending, reason }: Over): Promise<void> {
  const release = await lockRelease(tx, releaseIn(request))
  const state = ending === 'refused' ? 'refused' : 'ended'
  await tx.creditOverride.updateMany({ where: { id: overrideIn(request), state: 'waiting' }, data: { state } })
  const after = { release: release.number, approval: request.number, ending }
  await audit(`override.${kind}_${state}`, trailOf(release), { after, ...(reason ? { why: reason } : {}) })
}
