import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import { change, type Audit } from '../audit/change.ts'
import { confirmationsChanged } from '../confirmations/asking.ts'
import type { Tx } from '../db.ts'
import { meetDeadlines } from '../deadlines/commands.ts'
import { Forbidden, Refused, refuseIf } from '../lib/refused.ts'
import { verificationStart } from '../verifications/clocks.ts'
import type { LifeChange } from './forms.ts'
import { lockCustomer, type Customer } from './queries.ts'
import { missingToConfirm } from './rules.ts'
import { customerLife, lifeActsWithReason } from './states.ts'

/** By which request, and the version of the file that it asks for. */
type Asked = { id: bigint; opened: number; approval: string }

/**
 * CUS-05: makes a provisional customer a confirmed one: the effect of approving its request, whose signer the approval
 * has judged. Refuses an incomplete file (CUS-04), and whoever recorded it: what one person enters another one confirms.
 */
export async function confirmStep(
  tx: Tx,
  audit: Audit,
  actor: Actor,
  { id, opened, approval }: Asked,
  now: Date,
): Promise<Customer> {
  const customer = await lockCustomer(tx, id)
  refuseIfChanged(customer, opened)
  if (customer.standing === 'confirmed')
    throw new Refused([{ rule: 'CUS-05', reason: 'customers:refused.confirmedAlready' }])
  if (customer.createdById === actor.id) throw new Refused([{ rule: 'CUS-05', reason: 'customers:refused.confirmOwn' }])
  const contacts = await tx.contact.count({ where: { customerId: id, removedAt: null } })
  refuseIf(missingToConfirm({ ...customer, contacts: contacts + reachesItself(customer) }))
  const version = customer.version + 1
  const data = { standing: 'confirmed', confirmedAt: now, confirmedById: actor.id, version, updatedAt: now } as const
  await tx.customer.update({ where: { id }, data })
  await meetDeadlines(tx, 'customer.confirmation', [`customer:${id}`], now)
  await audit('customer.confirmed', `customer:${id}`, {
    before: { standing: 'provisional', version: customer.version },
    after: { standing: 'confirmed', version, approval },
  })
  return customer
}

/** CUS-02: moves a customer on in its life; losing one asks why (CARE-02). */
export function changeLife(actor: Actor, id: bigint, { act, reason, version: opened }: LifeChange, now: Date) {
  return change(actor, async (tx, audit) => {
    const customer = await lockCustomer(tx, id)
    if (!may(actor, 'customers.change_life', customer)) throw new Forbidden('customers.change_life')
    refuseIfChanged(customer, opened)
    const life = customerLife.next(customer.life, act)
    if (lifeActsWithReason.has(act) && !reason)
      throw new Refused([{ rule: 'CARE-02', reason: 'customers:refused.lifeReason', field: 'reason' }])
    const version = customer.version + 1
    await tx.customer.update({ where: { id }, data: { life, version, updatedAt: now } })
    await verificationStart(tx, [id], now)
    await audit('customer.life_changed', `customer:${id}`, {
      before: { life: customer.life, version: customer.version },
      after: { life, version },
      ...(reason ? { why: reason } : {}),
    })
    await confirmationsChanged(tx, [{ ...customer, version }])
  })
}

// A person is his own contact once he can be called.
export const reachesItself = ({ kind, phone }: Pick<Customer, 'kind' | 'phone'>) => (kind === 'person' && phone ? 1 : 0)

function refuseIfChanged({ version }: Customer, opened: number): void {
  if (version !== opened) throw new Refused([{ rule: 'CUS-05', reason: 'customers:refused.changedMeanwhile' }])
}
