import type { Actor } from '../access/actor.ts'
import { translate, type Key, type Translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import { longestPromise } from '../promises/rules.ts'
import { formFields } from './fields.ts'
import { directions, promiseRows, ways, type NewQuery } from './forms.ts'
import type { AboutWhom, ContactRecord } from './queries.ts'

type Contact = { id: bigint; name: string; post: string | null }
type Colleague = { number: string; name: string; department: { name: string } | null }
type Typed = Record<string, string>
export type Choices = { contacts: Contact[]; colleagues: Colleague[]; dueAt: Date }

/** /contact-records/new: a contact with this customer, now or a while ago. */
export function newPage(
  actor: Actor,
  { formal }: NewQuery,
  customer: AboutWhom | null,
  choices: Choices,
  now: Date,
  typed: Typed = {},
) {
  const t = translate[actor.language]
  const values = { way: 'call', direction: 'out', at: fieldTime(now), formal: formal ?? '' }
  const people = choices.colleagues.filter(({ number }) => number !== actor.number)
  return {
    ...common(t, choices.contacts, values, now),
    customer: customer && { number: customer.number, name: customer.name, href: `/customers/${customer.number}` },
    back: customer ? `/customers/${customer.number}` : '/contact-records',
    lede: t('contactRecords:lede', { due: dateTimeText(choices.dueAt) }),
    promiseRows: promiseRows.map((n) => ({
      n,
      open: Boolean(typed[`promise${n}`] || typed[`dueOn${n}`]),
      labels: {
        what: promiseLabel(t, n, 'what'),
        owner: promiseLabel(t, n, 'promiseOwner'),
        dueOn: promiseLabel(t, n, 'dueOn'),
      },
    })),
    longestPromise,
    today: dateText(now),
    owners: [
      { value: actor.number, word: t('contactRecords:mySelf') },
      ...people.map(({ number, name, department }) => ({
        value: number,
        word: [name, department?.name].filter(Boolean).join(' · '),
      })),
    ],
    me: actor.number,
  }
}

const promiseLabel = (t: Translate, n: number, field: 'what' | 'promiseOwner' | 'dueOn') =>
  t('contactRecords:promise', { n, field: t(`contactRecords:field.${field}`) })

/** /contact-records/:number/correction */
export function correctionPage(actor: Actor, record: ContactRecord, contacts: Contact[], now: Date) {
  const t = translate[actor.language]
  const { contact, contactId } = record
  // One who has left since may stay where it stood.
  const gone = contact && contactId !== null && contacts.every(({ id }) => id !== contactId)
  const all = gone ? [...contacts, { id: contactId, ...contact }] : contacts
  const values = formFields({ ...record, nextOn: record.nextOn && dayText(record.nextOn) })
  return {
    ...common(t, all, values, now),
    number: record.number,
    home: `/contact-records/${record.number}`,
    version: record.version,
    customer: { number: record.customer.number, name: record.customer.name },
  }
}

function common(t: Translate, contacts: Contact[], values: Record<string, string>, now: Date) {
  return {
    values,
    ways: ways.map((value) => ({ value, word: t(`visits:recordWay.${value}`) })),
    directions: directions.map((value) => ({ value, word: t(`contactRecords:direction.${value}`) })),
    contacts: contacts.map(({ id, name, post }) => ({
      value: String(id),
      word: [name, post].filter(Boolean).join(' · '),
    })),
    latest: fieldTime(now),
    quick: quickTimes(t, now),
    formalParts: (['views', 'business', 'needs', 'letting'] as const).map((name) => ({
      name,
      hint: name === 'letting' ? t('contactRecords:hint.letting') : null,
      required: name !== 'letting',
    })),
  }
}

/** One press instead of typing; what is still to come is not offered. */
function quickTimes(t: Translate, now: Date) {
  const today = dateText(now)
  const yesterday = dateText(new Date(now.getTime() - 86_400_000))
  const all = { now: fieldTime(now), today: `${today}T09:00`, yesterday: `${yesterday}T15:00` }
  return Object.entries(all)
    .filter(([, value]) => value <= fieldTime(now))
    .map(([name, value]) => ({ value, word: t(`contactRecords:quick.${name}` as Key) }))
}

/** As a browser's field has it: 2026-11-24T14:05 */
export const fieldTime = (moment: Date): string => dateTimeText(moment).replace(' ', 'T')
