import type { Actor } from '../access/actor.ts'
import type { Asked, Card, Request } from '../approvals/contract.ts'
import { ask, reads } from '../db.ts'
import { translate, type Language, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { lastVerificationsSql, seenVerification, type Verified } from '../verifications/queries.ts'
import { conflictFact, seenOf, titleOf } from './carded.ts'
import { factsOf } from './facts.ts'
import { wordOf } from './history/changes.ts'
import type { KeyPayload } from './key-fields.ts'
import { keyProblems } from './key-problems.ts'
import { storedCustomer } from './queries.ts'
import { veil } from './sensitivity.ts'

/** CUS-06: old and new side by side, how the applicant knows, and whom the new ones may be confused with (POOL-01). */
export async function keyFieldsCard(actor: Actor, request: Request, _now: Date): Promise<Card> {
  const t = translate[actor.language]
  const id = request.customerId!
  const [customer, seen, last] = await Promise.all([storedCustomer(id), seenOf(actor, id), lastVerified(id)])
  const { facts: wanted, distinction, way, wayNote } = request.payload as KeyPayload
  const facts = { ...factsOf(customer), ...wanted }
  const waiting = request.state === 'waiting'
  const { name, kind, code } = facts
  const [conflict, problems] = waiting
    ? await Promise.all([
        conflictFact(actor, t, { ...customer, name, kind, code }),
        keyProblems(reads, facts, distinction, customer.number),
      ])
    : [null, []]
  const fact = (of: 'known' | 'differs' | 'verified' | 'owner' | 'confirmed', value: string) => ({
    label: t(`customers:card.${of}`),
    value,
  })
  return {
    title: titleOf(customer.number, seen),
    href: seen ? `/customers/${customer.number}` : null,
    asked: request.asked.map((one) => askedLine(t, actor.language, one, seen !== null)),
    facts: [
      fact('known', [t(`verifications:way.${way}`), wayNote].filter(Boolean).join(' · ')),
      ...(distinction ? [fact('differs', distinction)] : []),
      fact('owner', customer.owner?.name ?? t('customers:list.noOwner')),
      fact('confirmed', confirmedText()),
      fact('verified', last ? `${dateTimeText(last.at)} · ${last.by}` : t('customers:card.neverVerified')),
      ...(conflict ? [conflict] : []),
    ],
    why: t('customers:card.whyKeys'),
    problems,
  }

  function confirmedText(): string {
    const { confirmedAt, confirmedBy } = customer
    return confirmedAt ? `${dateText(confirmedAt)} · ${confirmedBy?.name ?? ''}` : t('customers:notYet')
  }
}

async function lastVerified(customerId: bigint): Promise<Verified | undefined> {
  const [found] = await ask<{ verified: Verified[] }>`select ${lastVerificationsSql(customerId)} as verified`
  return found!.verified.map(seenVerification).find(({ part }) => part === 'identity')
}

/** PRV-02: masked like everywhere; the name itself is for who may see the customer. */
export function askedLine(t: Translate, language: Language, { field, before, after }: Asked, seesName: boolean) {
  const text = (value: string) => {
    if (field === 'name' && !seesName) return '******'
    return wordOf(field, veil(field, value), language)
  }
  return { label: t(`customers:field.${field as 'name'}`), before: text(before), after: text(after) }
}
