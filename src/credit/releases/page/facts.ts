import type { Actor } from '../../../access/actor.ts'
import { db } from '../../../db.ts'
import { translate, type Translate } from '../../../i18n.ts'
import { dateTimeText } from '../../../lib/dates.ts'
import { namesInOrder } from '../../../staff/naming.ts'
import { creditPolicy } from '../../policy.ts'
import type { Release } from '../../queries.ts'
import { shipmentOf } from '../queries.ts'
import { yuan } from '../../saying.ts'
import type { Part } from './parts.ts'

type Fact = { label: string; value: string; href?: string; wide?: true; lines?: true }

export const factsPart: Part = {
  section: async (actor, release) => ({
    view: 'credit/releases/facts',
    place: 'column',
    model: { facts: await factsOf(actor, release) },
  }),
}

async function factsOf(actor: Actor, release: Release): Promise<Fact[]> {
  const t = translate[actor.language]
  const sees = creditPolicy.view(actor, release)
  const [shippedBy, cancelledBy] = await namesOf(release)
  const fact = (name: FactName, value: string | null, more: Partial<Fact> = {}): Fact[] =>
    value ? [{ label: t(`releases:fact.${name}`), value, ...more }] : []
  const done = (by: string, at: Date | null) => at && t('releases:fact.by', { by, at: dateTimeText(at) })
  return [
    ...fact('goods', release.goods, { wide: true, lines: true }),
    ...fact('amount', yuan(t, release.amount.toFixed(2))),
    ...fact('requested', done(release.requestedBy.name, release.requestedAt)),
    ...fact('released', release.state === 'held' ? null : release.releasedAt && dateTimeText(release.releasedAt)),
    ...(sees ? await creditFacts(t, release, fact) : []),
    ...fact('shipped', done(shippedBy, release.shippedAt)),
    ...(await shipmentFact(t, release, sees, fact)),
    ...fact('note', release.note, { wide: true, lines: true }),
    ...fact('cancelled', done(cancelledBy, release.cancelledAt)),
    ...fact('cancelReason', release.cancelReason, { wide: true }),
  ]
}

type FactName = 'goods' | 'amount' | 'requested' | 'released' | CreditFact | 'shipped' | 'shipment' | 'note' | Ended
type Ended = 'cancelled' | 'cancelReason'
type CreditFact = 'contract' | 'ground' | 'guarantee'
type Make = (name: FactName, value: string | null, more?: Partial<Fact>) => Fact[]

async function creditFacts(t: Translate, { contract, ground, guaranteeId, guaranteed }: Release, fact: Make) {
  const guarantee = guaranteeId && (await db.guarantee.findUnique({ where: { id: guaranteeId } }))
  return [
    ...fact('contract', contract?.number ?? null, contract ? { href: `/contracts/${contract.number}` } : {}),
    ...fact('ground', ground && t(`credit:ground.${ground}`)),
    ...fact('guarantee', guarantee ? `${guarantee.number} ${yuan(t, guaranteed.toFixed(2))}` : null),
  ]
}

async function shipmentFact(t: Translate, release: Release, sees: boolean, fact: Make): Promise<Fact[]> {
  if (release.state !== 'shipped') return []
  const shipment = await shipmentOf(release)
  if (!shipment) return []
  const value = `${shipment.number} ${yuan(t, shipment.amount.toFixed(2))}`
  return fact('shipment', value, sees ? { href: `/shipments/${shipment.number}` } : {})
}

async function namesOf({ shippedById, cancelledById }: Release): Promise<[string, string]> {
  const nameOf = async (id: bigint | null) => (id === null ? '' : ((await namesInOrder([id]))[0] ?? ''))
  return Promise.all([nameOf(shippedById), nameOf(cancelledById)])
}
