import type { Actor } from '../access/actor.ts'
import type { Card, Handler, Request } from '../approvals/contract.ts'
import { seenOf } from '../customers/carded.ts'
import { db, type Tx } from '../db.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { limitFor } from './clocks.ts'
import { tell } from './holding.ts'
import { latenessBasis } from './lateness.ts'
import { seesTransfer } from './policy.ts'
import { lockTransfer, transferById } from './queries.ts'
import { isOpen } from './states.ts'

const idOf = ({ payload }: Pick<Request, 'payload'>) => BigInt((payload as { transfer: string }).transfer)

/** ARC-03: leave to sign later than both periods together. It rests on the day the project ended. */
export const lateTransfer: Handler = {
  basis: async (tx: Tx, request) => {
    const transfer = await lockTransfer(tx, idOf(request))
    return isOpen(transfer.state) ? latenessBasis(transfer) : null
  },
  approve: async (tx, audit, _decider, request, now) => {
    const transfer = await lockTransfer(tx, idOf(request))
    const data = { lateApprovedAt: now, version: transfer.version + 1 }
    await tx.transfer.update({ where: { id: transfer.id }, data })
    await tell(audit, 'transfer.late_approved', transfer, { after: { request: request.number } })
  },
  card: latenessCard,
}

async function latenessCard(actor: Actor, request: Request): Promise<Card> {
  const t = translate[actor.language]
  const transfer = await transferById(idOf(request))
  const [seen, limit, items, supplements] = await Promise.all([
    seenOf(actor, transfer.customerId),
    limitFor(transfer),
    db.transferItem.count({ where: { transferId: transfer.id } }),
    db.supplement.count({ where: { transferId: transfer.id, settledAt: null } }),
  ])
  const fact = (
    name: 'endedOn' | 'limit' | 'officer' | 'checker' | 'items' | 'state' | 'supplements',
    value: string,
  ) => ({
    label: t(`transfers:field.${name}`),
    value,
  })
  return {
    title: seen ? `${seen.name} ${transfer.number}` : transfer.number,
    href: seesTransfer(actor, transfer) ? `/transfers/${transfer.number}` : null,
    asked: [{ label: fact('limit', '').label, before: dateTimeText(limit), after: t('transfers:card.later') }],
    facts: [
      fact('state', t(`transfers:state.${transfer.state}`)),
      fact('endedOn', transfer.endedOn),
      fact('officer', transfer.officer.name),
      fact('checker', transfer.checker.name),
      fact('items', String(items)),
      fact('supplements', String(supplements)),
    ],
    why: t('transfers:card.why'),
    problems: [],
  }
}
