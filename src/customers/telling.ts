import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { notify, type NewNotice } from '../notices/commands.ts'
import type { Customer } from './queries.ts'

type Confirmed = Pick<Customer, 'id' | 'number' | 'createdById' | 'ownerId'>

/**
 * CUS-05: whoever recorded a customer and whoever owns it learn that it is confirmed. Of many that are decided in one go,
 * each in a transaction of its own, one notice tells how many they are.
 */
export async function tellConfirmed(tx: Tx, actor: Actor, customer: Confirmed, now: Date): Promise<void> {
  const people = [...new Set([customer.createdById, customer.ownerId])].filter((to) => to !== null && to !== actor.id)
  const notices: NewNotice[] = []
  for (const to of people) notices.push({ to: to!, ...told(actor, customer, await takenBack(tx, actor, to!, now)) })
  await notify(tx, notices, now)
}

/** What the same person told of the same at this very moment: as many as this one is to tell of as well. */
async function takenBack(tx: Tx, { name }: Actor, to: bigint, now: Date): Promise<number> {
  const [{ n }] = await tx.$queryRaw<[{ n: number }]>`
    with gone as (
      delete from notice where staff_id = ${to} and kind = 'customer.confirmed' and at = ${now}::timestamptz
        and params ->> 'by' = ${name} and mail_id is null returning coalesce((params ->> 'n')::int, 1) as n)
    select coalesce(sum(n), 0)::int as n from gone`
  return n
}

function told(actor: Actor, { id, number }: Confirmed, before: number): Omit<NewNotice, 'to'> {
  const kind = { kind: 'customer.confirmed' as const, rule: 'CUS-05', subject: `customer:${id}` }
  if (before === 0) return { ...kind, href: `/customers/${number}`, params: { by: actor.name, number } }
  return { ...kind, href: '/customers?standing=confirmed', params: { by: actor.name, n: before + 1 } }
}
