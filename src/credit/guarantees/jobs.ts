import { system } from '../../access/actor.ts'
import { holdersAt } from '../../approvals/holders.ts'
import { change, type Audit } from '../../audit/change.ts'
import type { Tx } from '../../db.ts'
import { moneyText } from '../../lib/money.ts'
import { notify } from '../../notices/commands.ts'
import { calledNow, type Called } from './queries.ts'

/** CRD-12: once each, when the grace is over and something is unpaid: finance, the sales director and the guarantor hear of it. */
export async function callGuarantees(now: Date): Promise<{ told: number }> {
  const due = await calledNow(now)
  if (due.length === 0) return { told: 0 }
  return change(system, async (tx, audit) => {
    const told: string[] = []
    for (const one of due) if (await callOne(tx, audit, one, now)) told.push(one.number)
    await audit('guarantees.called', 'guarantees', { after: { guarantees: told } })
    return { told: told.length }
  })
}

/** Whoever marks it tells of it: run twice, by two processes, it tells once. */
async function callOne(tx: Tx, audit: Audit, called: Called, now: Date): Promise<boolean> {
  const { id, number, customerId, customer, guarantorId, until, unpaid } = called
  const { count } = await tx.guarantee.updateMany({ where: { id, calledAt: null }, data: { calledAt: now } })
  if (count === 0) return false
  const people = new Set([...(await holdersAt(tx, ['finance', 'sales_director'], called)), guarantorId])
  await notify(
    tx,
    [...people].map((to) => ({
      to,
      kind: 'guarantee.unpaid' as const,
      subject: `customer:${customerId}`,
      href: `/credit/customers/${customer}/guarantees`,
      rule: 'CRD-12',
      params: { number, amount: moneyText(unpaid), until },
    })),
    now,
  )
  await audit('guarantee.called', `customer:${customerId}`, { after: { guarantee: number, unpaid, until } })
  return true
}
