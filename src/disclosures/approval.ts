import type { Actor } from '../access/actor.ts'
import { partnerAgreement } from '../agreements/in-force.ts'
import type { Ending, Handler, Request } from '../approvals/contract.ts'
import type { Audit } from '../audit/change.ts'
import { filedAs } from '../customers/approval.ts'
import type { Tx } from '../db.ts'
import { refuseIf } from '../lib/refused.ts'
import { disclosureCard } from './card.ts'
import { groundsOf } from './grounds.ts'
import { lockDisclosure } from './queries.ts'

const idOf = ({ subject }: Pick<Request, 'subject'>) => BigInt(subject.slice('disclosure:'.length))

/** ARC-15: it rests on the values and contents themselves: whoever changes one of them has it decided anew. */
export const archiveDisclosure: Handler = {
  basis: async (tx, request) => (await groundsOf(tx, idOf(request)))?.basis ?? null,
  approve,
  ended,
  card: (actor, request, now) => disclosureCard(actor, idOf(request), now),
}

async function approve(tx: Tx, audit: Audit, _decider: Actor, request: Request, now: Date): Promise<void> {
  const disclosure = await lockDisclosure(tx, idOf(request))
  const bound = await partnerAgreement(tx, disclosure.agreement.number, now)
  refuseIf(bound ? [] : [{ rule: 'PRV-14', reason: 'disclosures:refused.agreementOver' }])
  const version = disclosure.version + 1
  await tx.disclosure.update({ where: { id: disclosure.id }, data: { state: 'approved', version } })
  await audit('disclosure.approved', `customer:${disclosure.customerId}`, {
    before: { version: disclosure.version },
    after: { disclosure: disclosure.number, version, ...(await filedAs(tx, request)) },
  })
}

const states = {
  returned: 'returned',
  void: 'returned',
  refused: 'refused',
  withdrawn: 'withdrawn',
  expired: 'ended',
} as const satisfies Record<Ending, string>

async function ended(tx: Tx, audit: Audit, _by: Actor, request: Request, ending: Ending, now: Date): Promise<void> {
  const disclosure = await lockDisclosure(tx, idOf(request))
  const state = states[ending]
  const version = disclosure.version + 1
  const data = { state, version, ...(state === 'returned' ? {} : { endedAt: now }) }
  await tx.disclosure.update({ where: { id: disclosure.id }, data })
  await audit('disclosure.closed', `customer:${disclosure.customerId}`, {
    before: { version: disclosure.version },
    after: { disclosure: disclosure.number, ending, version, ...(await filedAs(tx, request)) },
  })
}
