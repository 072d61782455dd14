import type { Actor } from '../../access/actor.ts'
import { visibleCustomers } from '../../customers/policy.ts'
import { peopleCalled } from '../../complaints/intake/handlers.ts'
import { peopleIn } from '../../complaints/intake/rules.ts'
import { db, type Tx } from '../../db.ts'
import { Refused, refuseIf } from '../../lib/refused.ts'
import { voidProblems, type Person } from '../making.ts'

const mostContacts = 8

/** The customer a visit is recorded of, as its form is filled in; null for who is none, or out of scope. */
export async function customerToRecord(actor: Actor, number: string | undefined) {
  if (!number) return null
  return db.customer.findFirst({
    where: { AND: [visibleCustomers(actor), { number: number.toUpperCase() }] },
    select: {
      id: true,
      number: true,
      name: true,
      grade: true,
      life: true,
      district: true,
      address: true,
      contacts: {
        where: { removedAt: null },
        orderBy: [{ main: 'desc' }, { id: 'asc' }],
        take: mostContacts,
        select: { id: true, name: true, post: true, main: true },
      },
    },
  })
}
export type ToRecord = Awaited<ReturnType<typeof customerToRecord>>

/** The colleagues who are called so; whoever is not one of ours, or could be two, is refused by name. */
export async function companionsCalled(tx: Pick<Tx, 'staff'>, actor: Actor, text: string | null): Promise<bigint[]> {
  const called = peopleIn(text)
  if (called.length === 0) return []
  const { people, none, several } = await peopleCalled(tx, called)
  const refuse = (reason: 'nobodyCalled' | 'severalCalled', names: string[]) =>
    names.length === 0
      ? []
      : [
          {
            rule: 'VIS-02',
            reason: `visitDay:refused.${reason}` as const,
            field: 'companions',
            params: { names: names.join('、') },
          },
        ]
  const problems = [...refuse('nobodyCalled', none), ...refuse('severalCalled', several)]
  if (problems.length > 0) throw new Refused(problems)
  return people.map(({ id }) => id).filter((id) => id !== actor.id)
}

/** The other customers who take part, by their numbers. */
export async function partiesCalled(tx: Tx, actor: Actor, text: string | null, own: bigint | null): Promise<bigint[]> {
  const numbers = peopleIn(text).map((number) => number.toUpperCase())
  if (numbers.length === 0) return []
  const found = await tx.customer.findMany({
    where: { AND: [visibleCustomers(actor), { number: { in: numbers } }] },
    select: { id: true, number: true, name: true, life: true },
  })
  const missing = numbers.filter((number) => !found.some((one) => one.number === number))
  if (missing.length > 0) {
    const params = { number: missing.join('、') }
    throw new Refused([{ rule: 'VIS-02', reason: 'visitDay:refused.party', field: 'parties', params }])
  }
  refuseIf(voidProblems(found, 'parties'))
  return found.map(({ id }) => id).filter((id) => id !== own)
}

/** The contacts that were ticked, of this customer alone, and who was written beside them. */
export async function peopleToMeet(
  tx: Pick<Tx, 'contact'>,
  customerId: bigint | null,
  ids: bigint[],
  text: string | null,
): Promise<Person[]> {
  const contacts =
    customerId === null || ids.length === 0
      ? []
      : await tx.contact.findMany({
          where: { customerId, id: { in: ids }, removedAt: null },
          orderBy: { id: 'asc' },
          select: { id: true, name: true, post: true },
        })
  return [
    ...contacts.map(({ id, name, post }) => ({ contactId: id, name, post })),
    ...peopleIn(text).map((name) => ({ contactId: null, name, post: null })),
  ]
}
