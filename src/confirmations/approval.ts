import type { Actor } from '../access/actor.ts'
import type { Ending, Handler, Request } from '../approvals/contract.ts'
import type { Audit } from '../audit/change.ts'
import { confirmStep } from '../customers/life.ts'
import { tellConfirmed } from '../customers/telling.ts'
import type { Tx } from '../db.ts'
import { cancelDeadlines, pauseDeadline } from '../deadlines/commands.ts'
import { confirmationCard } from './card.ts'
import { tellRecorder } from './telling.ts'

/** CUS-05: another one's approval makes a provisional customer a confirmed one. It rests on the file as it is. */
export const customerConfirmation: Handler = {
  basis: async (tx, { customerId }) => {
    const where = { id: customerId!, withdrawnAt: null, standing: 'provisional' } as const
    const customer = await tx.customer.findFirst({ where, select: { version: true } })
    return customer && String(customer.version)
  },
  approve: async (tx, audit, decider, { customerId, basis, number }, now) => {
    const asked = { id: customerId!, opened: Number(basis), approval: number }
    await tellConfirmed(tx, decider, await confirmStep(tx, audit, decider, asked, now), now)
  },
  ended: endConfirmation,
  card: confirmationCard,
}

/**
 * The file stays provisional, with the reason on its page, whichever way it ended: refusing says that it is not to be
 * confirmed as it is, not that there is no such customer (CUS-02 knows void contracts alone). Its clock rests while the
 * recorder works on it, and ends with a refusal; asking again sets it going.
 */
async function endConfirmation(tx: Tx, _audit: Audit, by: Actor, request: Request, ending: Ending, now: Date) {
  const { subject } = request
  if (ending === 'refused') await cancelDeadlines(tx, 'customer.confirmation', [subject], now)
  if (ending === 'returned' || ending === 'withdrawn') await rest(tx, by, request, now)
  await tellRecorder(tx, by, request, ending, now)
}

async function rest(tx: Tx, by: Actor, { subject, number }: Request, now: Date): Promise<void> {
  const where = { kind: 'customer.confirmation', subject, metAt: null, cancelledAt: null, pausedAt: null }
  if (await tx.deadline.findFirst({ where, select: { id: true } }))
    await pauseDeadline(tx, by, 'customer.confirmation', subject, number, now)
}
