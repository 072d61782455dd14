import type { Actor } from '../../access/actor.ts'
import type { Ending, Handler, Request } from '../../approvals/contract.ts'
import type { Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { monthsTable } from '../deciding/facts.ts'
import { monthsOf } from '../deciding/queries.ts'
import { releaseWhatPasses } from '../paying.ts'
import { lockAccount } from '../queries.ts'
import { changeCard } from './card.ts'
import { termsOf } from './queries.ts'
import { overProblems, startOf } from './rules.ts'

const changeIn = ({ payload }: Pick<Request, 'payload'>) => BigInt((payload as { change: string }).change)

const objects: Handler['objects'] = async (actor, request) =>
  monthsTable(translate[actor.language], await monthsOf(request.customerId!, request.filedAt))

/** CRD-02: signed, the limit comes about by the other method from its day on. */
export const creditTermsApproval: Handler = {
  basis: async (tx, request) => {
    const found = await tx.creditTerms.findUnique({ where: { id: changeIn(request) }, select: { state: true } })
    return found?.state === 'waiting' ? String(changeIn(request)) : null
  },
  approve: approveTerms,
  ended: (tx, audit, _by, request, ending, _now, { reason }) =>
    ended(tx, audit, request, { ending, reason, name: 'credit_terms' }),
  card: (actor, request, now) => changeCard(actor, request, 'terms', now),
  objects,
}

/** CRD-14: in force when both have signed. */
export const cooperationModeApproval: Handler = {
  basis: async (tx, request) => {
    const id = changeIn(request)
    const found = await tx.cooperationModeChange.findUnique({ where: { id }, select: { state: true } })
    return found?.state === 'waiting' ? String(id) : null
  },
  approve: approveMode,
  ended: (tx, audit, _by, request, ending, _now, { reason }) =>
    ended(tx, audit, request, { ending, reason, name: 'cooperation_mode' }),
  card: (actor, request, now) => changeCard(actor, request, 'mode', now),
  objects,
}

/** PPL-02: the customer may have been handed on to whoever is to sign. */
async function holdFor(tx: Tx, decider: Actor, request: Request) {
  const customer = await lockAccount(tx, request.customerId!)
  if (customer.ownerId === decider.id) throw new Refused([{ rule: 'PPL-02', reason: 'approvals:refused.own' }])
  return customer
}

async function approveTerms(tx: Tx, audit: Audit, decider: Actor, request: Request, now: Date): Promise<void> {
  const customer = await holdFor(tx, decider, request)
  const asked = await tx.creditTerms.findUniqueOrThrow({ where: { id: changeIn(request) } })
  const today = dateText(now)
  refuseIf(overProblems(termsOf(asked), today))
  const startsOn = startOf(dayText(asked.startsOn), today)
  await tx.creditTerms.update({
    where: { id: asked.id },
    data: {
      state: 'approved',
      startsOn: dayOf(startsOn),
      signedAt: now,
      signedById: decider.id,
      version: { increment: 1 },
    },
  })
  await audit('credit_terms.approved', request.subject, {
    after: { ...termsOf(asked), startsOn, approval: request.number },
  })
  await releaseWhatPasses(tx, audit, decider, customer.id, now, 'approval')
}

async function approveMode(tx: Tx, audit: Audit, decider: Actor, request: Request, now: Date): Promise<void> {
  await holdFor(tx, decider, request)
  const asked = await tx.cooperationModeChange.findUniqueOrThrow({ where: { id: changeIn(request) } })
  const startsOn = startOf(dayText(asked.startsOn), dateText(now))
  const data = { state: 'approved', startsOn: dayOf(startsOn), signedAt: now, version: { increment: 1 } } as const
  await tx.cooperationModeChange.update({ where: { id: asked.id }, data })
  await audit('cooperation_mode.approved', request.subject, {
    before: { mode: asked.before },
    after: { mode: asked.after, startsOn, approval: request.number },
  })
}

type Over = { ending: Ending; reason: string | null; name: 'credit_terms' | 'cooperation_mode' }

async function ended(tx: Tx, audit: Audit, request: Request, { ending, reason, name }: Over): Promise<void> {
  const state = ending === 'refused' ? ('refused' as const) : ('ended' as const)
  const what = {
    where: { id: changeIn(request), state: 'waiting' as const },
    data: { state, version: { increment: 1 } },
  }
  if (name === 'credit_terms') await tx.creditTerms.updateMany(what)
  else await tx.cooperationModeChange.updateMany(what)
  const after = { approval: request.number, ending }
  await audit(`${name}.${state}`, request.subject, { after, ...(reason ? { why: reason } : {}) })
}
