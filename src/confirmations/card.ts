import type { Actor } from '../access/actor.ts'
import type { Card, Request } from '../approvals/contract.ts'
import { conflictFact, seenOf, titleOf } from '../customers/carded.ts'
import { reachesItself } from '../customers/life.ts'
import { storedCustomer } from '../customers/queries.ts'
import { missingToConfirm } from '../customers/rules.ts'
import { lackedWords } from '../customers/why-nots.ts'
import { ask } from '../db.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'

/** CUS-05: who recorded the file and when, whether it is whole, and whether somebody alike is there (POOL-01). */
export async function confirmationCard(actor: Actor, request: Request, _now: Date): Promise<Card> {
  const t = translate[actor.language]
  const id = request.customerId!
  const [customer, seen, [reached]] = await Promise.all([
    storedCustomer(id),
    seenOf(actor, id),
    ask<{ n: number }>`select count(*)::int as n from contact where customer_id = ${id} and removed_at is null`,
  ])
  const waiting = request.state === 'waiting'
  const conflict = waiting ? await conflictFact(actor, t, customer) : null
  const contacts = reached!.n + reachesItself(customer)
  const missing = missingToConfirm({ ...customer, contacts })
  const fact = (name: 'recorded' | 'complete' | 'contacts' | 'owner', value: string) => ({
    label: t(`confirmations:card.${name}`),
    value,
  })
  return {
    title: titleOf(customer.number, seen),
    href: seen ? `/customers/${customer.number}` : null,
    asked: [
      {
        label: t('customers:field.standing'),
        before: t('customers:standing.provisional'),
        after: t('customers:standing.confirmed'),
      },
    ],
    facts: [
      fact('recorded', recordedBy()),
      ...(waiting ? [fact('complete', completeness())] : []),
      fact('contacts', t('confirmations:card.contactCount', { n: contacts })),
      fact('owner', ownerOf()),
      ...(conflict ? [conflict] : []),
    ],
    why: t('confirmations:card.why'),
    problems: waiting ? missing : [],
  }

  function recordedBy(): string {
    const recorded = { date: dateTimeText(customer.createdAt), person: customer.createdBy.name }
    if (!customer.import) return t('customers:recorded', recorded)
    return t('customers:imported', { ...recorded, number: customer.import.number })
  }

  function ownerOf(): string {
    const owner = customer.owner?.name ?? t('customers:list.noOwner')
    return customer.department ? `${owner} · ${customer.department.name}` : owner
  }

  function completeness(): string {
    const what = lackedWords(
      missing.map(({ reason }) => reason),
      t,
    )
    return what ? t('confirmations:card.lacks', { what }) : t('confirmations:card.whole')
  }
}
