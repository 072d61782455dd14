import type { Actor } from '../access/actor.ts'
import { may, mayEver, type Placed } from '../access/policy.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import { capped, rowOf } from './list-pages.ts'
import { recordsOf, type RecordsOf } from './list.ts'

const mostShown = 3
const mostPrinted = 30

export type ContactsMade = RecordsOf | null

/** CUS-19: what was last spoken of with a customer; null for who sees no records. */
export const contactsMade = (actor: Actor, customer: { id: bigint }): Promise<ContactsMade> =>
  mayEver(actor, 'contact_records.view') ? recordsOf(actor, customer, mostPrinted) : Promise.resolve(null)

type Of = Placed & { number: string }

/** The part of a customer's page about them (views/contact-records/section.ejs). */
export function recordsSection(actor: Actor, customer: Of, found: ContactsMade) {
  if (!found) return null
  const t = translate[actor.language]
  const { rows, count } = found
  return {
    home: `/customers/${customer.number}`,
    add: recordAt(actor, customer),
    rows: rows.slice(0, mostShown).map((row) => rowOf(row, t)),
    more:
      count > mostShown
        ? {
            href: `/contact-records?tab=all&customer=${customer.number}`,
            word: t('contactRecords:act.moreOf', { n: capped(count) }),
          }
        : null,
  }
}

/** Where one writes a contact with this customer down; null for who may not. */
export const recordAt = (actor: Actor, customer: Of): string | null =>
  may(actor, 'contact_records.record', customer) ? `/contact-records/new?customer=${customer.number}` : null

/** CUS-19: the same for the printed file. */
export function recordsPrinted(actor: Actor, found: ContactsMade) {
  const t = translate[actor.language]
  return (found?.rows ?? []).map(({ at, way, person, content, result, owner }) => ({
    time: dateTimeText(at),
    way: t(`visits:recordWay.${way}`),
    person: [person, owner].filter(Boolean).join('\n'),
    what: [content, result].join('\n'),
  }))
}
