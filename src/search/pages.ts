import type { Actor } from '../access/actor.ts'
import { numberIn } from '../archive/list/numbers.ts'
import type { IndexRow } from '../archive/list/queries.ts'
import { markOf } from '../archive/marks.ts'
import type { ComplaintRow } from '../complaints/list/queries.ts'
import { countedTo } from '../customers/list/queries.ts'
import { termOf } from '../customers/search.ts'
import { veil } from '../customers/sensitivity.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { cleanText, fold } from '../lib/text.ts'
import type { VisitRow } from '../visits/list/queries.ts'
import { marked, markedBySound, type Piece } from './marks.ts'
import type { FoundContact, FoundCustomer } from './queries.ts'
import { markedPhone, reasonsFor } from './reasons.ts'

/** How many of each are shown among others, and how many when one asks for all of a kind. */
export const mostHits = { customers: 8, contacts: 5, items: 5, complaints: 5, visits: 5, all: 50 }

export type Group = '' | 'customers' | 'contacts'
type Found<Hit> = { total: number; hits: Hit[] }
type Searched = {
  q: string
  group: Group
  customers: Found<FoundCustomer>
  contacts: Found<FoundContact>
  items: Found<IndexRow>
  complaints: Found<ComplaintRow>
  visits: Found<VisitRow>
  without: string | null
}

/** What was found, by kind, and by what; where nothing was, the word to leave out. */
export function searchPage(
  actor: Actor,
  { q, group, customers, contacts, items, complaints, visits, without }: Searched,
) {
  const t = translate[actor.language]
  const words = wordsOf(q)
  const count = (total: number) => (total > countedTo ? `${countedTo}+` : total)
  const empty =
    customers.hits.length + contacts.hits.length + items.hits.length + complaints.hits.length + visits.hits.length === 0
  const shown = { customers: customers.hits.length, contacts: contacts.hits.length }
  return {
    q,
    groups: [
      {
        word: t('search:customers'),
        total: count(customers.total),
        hits: customers.hits.map((one) => customerHit(one, words, t)),
        ...(customers.total > shown.customers
          ? { more: { href: allOf('customers', q), word: t('search:all.customers', { n: count(customers.total) }) } }
          : {}),
      },
      {
        word: t('search:contacts'),
        total: count(contacts.total),
        hits: contacts.hits.map((one) => contactHit(one, words, t)),
        ...(contacts.total > shown.contacts && group === ''
          ? { more: { href: allOf('contacts', q), word: t('search:all.contacts', { n: count(contacts.total) }) } }
          : {}),
      },
      {
        word: t('search:items'),
        total: count(items.total),
        hits: items.hits.map((one) => itemHit(one, q, t)),
        ...(items.total > items.hits.length
          ? {
              more: {
                href: `/archive?${new URLSearchParams({ q })}`,
                word: t('search:all.items', { n: count(items.total) }),
              },
            }
          : {}),
      },
      {
        word: t('search:complaints'),
        total: count(complaints.total),
        hits: complaints.hits.map((one) => complaintHit(one, words, t)),
        ...(complaints.total > complaints.hits.length
          ? {
              more: {
                href: `/complaints?${new URLSearchParams({ q, state: 'all' })}`,
                word: t('search:all.complaints', { n: count(complaints.total) }),
              },
            }
          : {}),
      },
      {
        word: t('search:visits'),
        total: count(visits.total),
        hits: visits.hits.map((one) => visitHit(one, words, t)),
        ...(visits.total > visits.hits.length
          ? {
              more: {
                href: `/visits?${new URLSearchParams({ q })}`,
                word: t('search:all.visits', { n: count(visits.total) }),
              },
            }
          : {}),
      },
    ],
    hint: empty
      ? emptyHint(words, without, t)
      : group !== '' && contacts.total > shown.contacts
        ? t('search:first', { n: mostHits.all })
        : null,
  }
}

export function wordsOf(q: string): string[] {
  if (termOf(q).kind === 'digits') return [q.replace(/\D/gu, '')]
  return cleanText(q)
    .split(' ')
    .filter((word) => fold(word) !== '')
    .slice(0, 6)
}

/** All customers stand in the list, which can be sorted and paged; contacts have no list of their own. */
const allOf = (group: 'customers' | 'contacts', q: string) =>
  group === 'customers' ? `/customers?${new URLSearchParams({ q })}` : `/search?${new URLSearchParams({ q, group })}`

function emptyHint(words: string[], without: string | null, t: Translate): string {
  if (words.length === 0) return t('search:empty')
  return without ? t('search:drop', { word: without }) : t('search:none')
}

function customerHit(found: FoundCustomer, words: string[], t: Translate) {
  const { number, name, kind, owner, place } = found
  const reasons = reasonsFor(found, words, t)
  return {
    href: `/customers/${number}`,
    name: markedBySound(name, words, kind === 'person' ? 'person' : 'company'),
    why: joined([marked(number, words), ...reasons]),
    at: holderOf(owner, place, t),
  }
}

function contactHit({ name, post, phones, customer }: FoundContact, words: string[], t: Translate) {
  const figures = words.map((word) => word.replace(/\D/gu, '')).find((digits) => digits.length >= 3)
  const rung = figures && phones.find((phone) => phone.replace(/\D/gu, '').includes(figures))
  const phone = rung ? markedPhone(rung, figures) : phones[0] ? [{ text: veil('phone', phones[0]) }] : []
  return {
    href: `/customers/${customer.number}#contacts`,
    name: [...markedBySound(name, words, 'person'), ...(post ? [{ text: ` · ${post}` }] : [])],
    why: joined([phone, marked(customer.name, [])]),
    at: holderOf(customer.owner?.name ?? null, '', t),
  }
}

/** ARC-02: of what is not this person's to know, number, mark and keeper. */
function itemHit({ number, secrecy, keeper, told }: IndexRow, q: string, t: Translate) {
  const words = numberIn(q) ? [numberIn(q)!] : wordsOf(q)
  const mark = [{ text: markOf(t, secrecy) }]
  return {
    href: `/archive/items/${number}`,
    name: told ? markedBySound(told.title, words, 'company') : marked(number, words),
    why: told ? joined([marked(number, words), mark, [{ text: told.customer.name }]]) : mark,
    at: t('search:keptBy', { keeper }),
  }
}

/** Found by number, matter, customer, complainant or product; of the telephone nothing is shown. */
function complaintHit(row: ComplaintRow, words: string[], t: Translate) {
  const { number, title, product, customer, complainant, anonymous } = row
  const caller = anonymous || complainant === customer ? null : complainant
  return {
    href: `/complaints/${number}`,
    name: marked(title, words),
    why: joined([
      marked(number, words),
      ...[customer, caller, product].filter((one) => one !== null).map((one) => markedBySound(one, words, 'company')),
    ]),
    at: t(`complaints:state.${row.state}`),
  }
}

/** Found by number, who is visited, agenda or place. */
function visitHit({ number, party, owner, startsAt, state }: VisitRow, words: string[], t: Translate) {
  return {
    href: `/visits/${number}`,
    name: markedBySound(party, words, 'company'),
    why: joined([marked(number, words), [{ text: dateText(startsAt) }], [{ text: owner }]]),
    at: t(`visits:state.${state}`),
  }
}

function holderOf(owner: string | null, place: string, t: Translate): string {
  return owner === null ? t('search:pool') : [owner, place].filter(Boolean).join(' · ')
}

function joined(parts: Piece[][]): Piece[] {
  return parts.filter((part) => part.length > 0).flatMap((part, at) => (at === 0 ? part : [{ text: ' · ' }, ...part]))
}
