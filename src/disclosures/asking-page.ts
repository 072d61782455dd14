import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { partnersInForce } from '../agreements/in-force.ts'
import { itemFor } from '../archive/queries.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import { boxOf, numbersIn, type NewQuery } from './forms.ts'
import { nullIfNone } from './naming.ts'
import { disclosureFor, type Disclosure } from './queries.ts'
import { bases, disclosable, ways } from './rules.ts'
import { fieldWord } from './saying.ts'

/** The form: filled from items, from a customer, or from one's own that came back. */
export async function askingPage(actor: Actor, query: NewQuery, now: Date) {
  const t = translate[actor.language]
  const partners = await partnersInForce(now)
  const before = await returned(actor, query.again)
  const filled = before ? fromReturned(before) : await fromQuery(actor, query, now)
  return {
    tabs: archiveTabs(actor, '/disclosures'),
    partners: partners.map(({ number, partner, untilOn }) => ({
      value: number,
      word: [partner, number, untilOn && `≤ ${dayText(untilOn)}`].filter(Boolean).join(' '),
    })),
    noPartners:
      partners.length > 0
        ? null
        : mayEver(actor, 'agreements.manage')
          ? {
              text: t('disclosures:noPartners'),
              act: { href: '/agreements/new?party=partner', word: t('disclosures:toAgreements') },
            }
          : { text: t('disclosures:noPartnersPlain') },
    bases: bases.map((value) => ({ value, word: t(`disclosures:basis.${value}`) })),
    ways: ways.map((value) => ({ value, word: t(`disclosures:way.${value}`) })),
    fields: disclosable.map((name) => ({
      name: boxOf(name),
      word: fieldWord(t, name),
      value: filled.fields.includes(name),
    })),
    filled,
    today: dateText(now),
  }
}

type Filled = Record<
  'customer' | 'agreement' | 'purpose' | 'basis' | 'items' | 'fromOn' | 'untilOn' | 'way' | 'again',
  string
> & { fields: string[] }

function fromReturned(one: Disclosure): Filled {
  return {
    customer: one.customer?.number ?? '',
    agreement: one.agreement.number,
    purpose: one.purpose,
    basis: one.basis,
    items: one.items.map(({ number }) => number).join(','),
    fromOn: dayText(one.fromOn),
    untilOn: dayText(one.untilOn),
    way: one.way,
    fields: one.fields,
    again: one.number,
  }
}

async function fromQuery(actor: Actor, { item = '', customer }: NewQuery, now: Date): Promise<Filled> {
  const [first] = numbersIn(item)
  const known = first ? await itemFor(actor, first).catch(nullIfNone) : null
  return {
    customer: customer ?? (known?.known ? known.customer.number : ''),
    agreement: '',
    purpose: '',
    basis: 'consent',
    items: item,
    fromOn: dateText(now),
    untilOn: '',
    way: 'in_person',
    fields: [],
    again: '',
  }
}

async function returned(actor: Actor, number: string | undefined): Promise<Disclosure | null> {
  if (!number) return null
  const found = await disclosureFor(actor, number).catch(nullIfNone)
  return found && found.applicantId === actor.id && found.state === 'returned' ? found : null
}
