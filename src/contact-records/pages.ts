import type { Actor } from '../access/actor.ts'
import { may } from '../access/policy.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { translate, type Translate } from '../i18n.ts'
import { endText } from '../deadlines/tag.ts'
import { dateTimeText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import type { PromiseRow } from '../promises/queries.ts'
import { rowOf as promiseRow } from '../promises/rows.ts'
import { recordPolicy } from './policy.ts'
import type { ContactRecord } from './queries.ts'

/** /contact-records/:number */
export function recordPage(actor: Actor, record: ContactRecord, promises: PromiseRow[], now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  const { number, customer, formal, late } = record
  const home = may(actor, 'customers.view', customer) ? `/customers/${customer.number}` : null
  return {
    number,
    customer: { name: customer.name, href: home },
    formal,
    late,
    correctAt: recordPolicy.correct(actor, record) ? `/contact-records/${number}/correction` : null,
    moreAt: `/contact-records?tab=all&customer=${customer.number}`,
    facts: factsOf(record, home, t),
    said: [
      { label: t('contactRecords:field.content'), value: record.content, wide: true, lines: true },
      { label: t('contactRecords:field.result'), value: record.result, wide: true, lines: true },
      { label: t('contactRecords:field.nextStep'), value: nextOf(record), wide: true, lines: true },
    ],
    parts: formal
      ? (['views', 'business', 'needs', 'letting'] as const)
          .filter((name) => name !== 'letting' || record.letting !== null)
          .map((name) => ({ label: t(`contactRecords:field.${name}`), value: record[name], wide: true, lines: true }))
      : [],
    promises: promises.map((one) => promiseRow(t, one, now, calendar)),
  }
}

function factsOf(record: ContactRecord, home: string | null, t: Translate) {
  const { customer, way, incoming, at, owner, recordedAt, dueAt } = record
  const fact = (
    name: 'customer' | 'way' | 'direction' | 'at' | 'person' | 'owner' | 'recorded' | 'due',
    value: string,
  ) => ({
    label: t(`contactRecords:field.${name}`),
    value,
  })
  return [
    { ...fact('customer', customer.name), ...(home ? { href: home } : {}) },
    fact('at', dateTimeText(at)),
    fact('way', t(`visits:recordWay.${way}`)),
    fact('direction', t(`contactRecords:direction.${incoming ? 'in' : 'out'}`)),
    fact('person', personOf(record)),
    fact('owner', owner.name),
    fact('recorded', dateTimeText(recordedAt)),
    fact('due', endText(dueAt)),
  ]
}

export const personOf = ({ contact, person }: Pick<ContactRecord, 'contact' | 'person'>): string =>
  [contact && [contact.name, contact.post].filter(Boolean).join(' · '), person].filter(Boolean).join('、')

const nextOf = ({ nextStep, nextOn }: ContactRecord): string => [dayText(nextOn), nextStep].filter(Boolean).join(' ')
