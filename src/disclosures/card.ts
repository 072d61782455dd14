import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { partnersInForce } from '../agreements/in-force.ts'
import type { Card } from '../approvals/contract.ts'
import { highestOf } from '../archive/signing.ts'
import { translate } from '../i18n.ts'
import { disclosureById } from './queries.ts'
import { fieldWords, itemText, periodText } from './saying.ts'

/** ARC-15: what is signed: to whom, why, by what right, which fields and items, until when; no value of any field. */
export async function disclosureCard(actor: Actor, id: bigint, now: Date): Promise<Card> {
  const t = translate[actor.language]
  const disclosure = await disclosureById(actor, id, now)
  const { number, recipient, agreement, customer, items, fields, purpose, basis, way } = disclosure
  const bound = (await partnersInForce(now)).some((one) => one.number === agreement.number)
  const asked = (label: string, after: string) => ({ label, before: t('disclosures:card.notGiven'), after })
  return {
    title: t('disclosures:card.title', { number, recipient, mark: t(`archive:mark.${highestOf(items)}`) }),
    href: mayEver(actor, 'archive.view') ? `/disclosures/${number}` : null,
    asked: [
      ...(fields.length > 0 ? [asked(t('disclosures:field.fields'), fieldWords(t, fields).join(t('web:comma')))] : []),
      ...items.map((item) => asked(t('disclosures:field.item'), itemText(t, item))),
    ],
    facts: [
      { label: t('disclosures:field.recipient'), value: recipient },
      {
        label: t('disclosures:field.agreement'),
        value: agreement.number,
        ...(mayEver(actor, 'agreements.view') ? { href: `/agreements/${agreement.number}` } : {}),
      },
      ...(customer
        ? [
            {
              label: t('disclosures:field.customerName'),
              value: `${customer.name} ${customer.number}`,
              href: `/customers/${customer.number}`,
            },
          ]
        : []),
      { label: t('disclosures:field.applicant'), value: disclosure.applicant },
      { label: t('disclosures:field.purpose'), value: purpose },
      { label: t('disclosures:field.basis'), value: t(`disclosures:basis.${basis}`) },
      { label: t('disclosures:field.way'), value: t(`disclosures:way.${way}`) },
      { label: t('disclosures:field.period'), value: periodText(t, disclosure) },
    ],
    why: t('disclosures:card.why'),
    problems: bound ? [] : [{ rule: 'PRV-14', reason: 'disclosures:refused.agreementOver' }],
  }
}
