import type { Actor } from '../../access/actor.ts'
import type { Card, Ending, Handler, Request } from '../../approvals/contract.ts'
import type { Audit } from '../../audit/change.ts'
import { db, type Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { fenOf, yuanText } from '../../lib/money.ts'
import { NotFound, Refused, refuseIf, type Refusal } from '../../lib/refused.ts'
import { may } from '../../access/policy.ts'
import { decisionFacts, monthsList, monthsTable } from '../deciding/facts.ts'
import { fenYuan, yuan } from '../saying.ts'
import { monthsOf } from '../deciding/queries.ts'
import { releaseWhatPasses } from '../paying.ts'
import { customerToSign, lockAccount } from '../queries.ts'
import { boundsOf } from './queries.ts'
import { signProblems } from './rules.ts'

const idIn = ({ payload }: Pick<Request, 'payload'>) => BigInt((payload as { guarantee: string }).guarantee)

/** CRD-12: signed, it lifts the stop up to its amount until its day; the limit still holds. */
export const guaranteeApproval: Handler = {
  basis: async (tx, request) => {
    const found = await tx.guarantee.findUnique({ where: { id: idIn(request) }, select: { state: true } })
    return found?.state === 'waiting' ? String(idIn(request)) : null
  },
  approve,
  ended,
  card,
  objects: async (actor, request) =>
    monthsTable(translate[actor.language], await monthsOf(request.customerId!, request.filedAt)),
}

const withGuarantor = { guarantor: { select: { name: true, number: true, state: true } } } as const
const guaranteeOf = async (tx: Pick<Tx, 'guarantee'>, request: Request) => {
  const found = await tx.guarantee.findUnique({ where: { id: idIn(request) }, include: withGuarantor })
  if (!found) throw new NotFound()
  return found
}
type Guarantee = Awaited<ReturnType<typeof guaranteeOf>>

async function problemsOf(tx: Pick<Tx, '$queryRaw'>, guarantee: Guarantee, now: Date): Promise<Refusal[]> {
  const gone = guarantee.guarantor.state !== 'active'
  const { guarantor, id, customerId, amount, until } = guarantee
  if (gone) return [{ rule: 'CRD-12', reason: 'guarantees:refused.guarantorGone', params: { name: guarantor.name } }]
  const bounds = await boundsOf(tx, customerId, now, id)
  return signProblems({ amount: fenOf(amount.toFixed(2)), until: dayText(until) }, bounds, dateText(now))
}

async function approve(tx: Tx, audit: Audit, decider: Actor, request: Request, now: Date): Promise<void> {
  const { ownerId } = await lockAccount(tx, request.customerId!)
  const guarantee = await guaranteeOf(tx, request)
  const { id, customerId, number, amount, until } = guarantee
  // The customer may have been handed on, since it was offered, to whoever is to sign.
  if ([guarantee.guarantorId, ownerId].includes(decider.id))
    throw new Refused([{ rule: 'PPL-02', reason: 'approvals:refused.own' }])
  refuseIf(await problemsOf(tx, guarantee, now))
  const bounds = await boundsOf(tx, customerId, now, id)
  await tx.guarantee.update({
    where: { id },
    data: {
      state: 'approved',
      signedAt: now,
      signedById: decider.id,
      averageThen: yuanText(bounds.average),
      version: { increment: 1 },
    },
  })
  await audit('guarantee.approved', `customer:${customerId}`, {
    after: { guarantee: number, amount: amount.toFixed(2), until: dayText(until), approval: request.number },
  })
  await releaseWhatPasses(tx, audit, decider, customerId, now, 'approval')
}

async function ended(
  tx: Tx,
  audit: Audit,
  _by: Actor,
  request: Request,
  ending: Ending,
  _now: Date,
  { reason }: { reason: string | null },
): Promise<void> {
  const { id, number, customerId } = await guaranteeOf(tx, request)
  const state = ending === 'refused' ? 'refused' : 'ended'
  await tx.guarantee.updateMany({ where: { id, state: 'waiting' }, data: { state, version: { increment: 1 } } })
  const after = { guarantee: number, approval: request.number, ending }
  await audit(`guarantee.${state}`, `customer:${customerId}`, { after, ...(reason ? { why: reason } : {}) })
}

/** CRD-19 */
async function card(actor: Actor, request: Request, now: Date): Promise<Card> {
  const t = translate[actor.language]
  const [guarantee, customer] = await Promise.all([guaranteeOf(db as unknown as Tx, request), customerToSign(request)])
  const waits = request.state === 'waiting'
  const bounds = await boundsOf(db as unknown as Tx, customer.id, now, guarantee.id)
  const row = (label: string, after: string) => ({ label, before: '', after })
  const given = waits ? [row(t('guarantees:asked.given'), fenYuan(t, bounds.given))] : []
  return {
    title: customer.name,
    href: may(actor, 'credit.view', customer) ? `/credit/customers/${customer.number}/guarantees` : null,
    asked: [
      row(t('guarantees:asked.guarantor'), `${guarantee.guarantor.name} ${guarantee.guarantor.number}`),
      row(t('guarantees:field.amount'), yuan(t, guarantee.amount.toFixed(2))),
      row(
        t('guarantees:asked.average'),
        waits ? fenYuan(t, bounds.average) : yuan(t, guarantee.averageThen.toFixed(2)),
      ),
      ...given,
      row(t('guarantees:field.until'), dayText(guarantee.until)),
    ],
    facts: await decisionFacts(t, actor, customer, now),
    why: t('guarantees:card.why'),
    problems: waits ? await problemsOf(db as unknown as Tx, guarantee, now) : [],
    list: await monthsList(t, customer.id, now),
  }
}
