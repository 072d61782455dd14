import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { HistoryLine } from '../customers/history/queries.ts'
import { historyItems } from '../customers/history/lines.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { NoteQuery } from './forms.ts'
import { noteKinds, notePolicy } from './policy.ts'
import { countedTo, type NoteList, type NotePlaces, type NoteRow } from './queries.ts'
import { quarterOf, quartersBack } from './quarters.ts'

type Person = { number: string; name: string }

/** /market-notes: what was heard, found by any two characters and narrowed by when, what, who and where. */
export function listPage(
  actor: Actor,
  query: NoteQuery,
  list: NoteList,
  { places, person }: { places: NotePlaces; person: Person | null },
  now: Date,
) {
  const t = translate[actor.language]
  const narrowed = Object.entries(query).some(([name, value]) => name !== 'after' && Boolean(value))
  return {
    rows: list.rows.map((row) => rowOf(t, row)),
    filters: filtersOf(t, query, places, { now, person, narrowed }),
    pager: {
      words:
        list.count > countedTo ? t('marketNotes:many', { n: countedTo }) : t('marketNotes:count', { n: list.count }),
      ...(query.after ? { previous: addressOf(query) } : {}),
      ...(list.more ? { next: addressOf(query, { after: String(list.rows.at(-1)!.id) }) } : {}),
    },
    mayRecord: mayEver(actor, 'visits.plan'),
    quarterHref: `/market-notes/quarter?q=${query.quarter || quarterOf(now)}`,
    file: list.rows.length > 0 && mayEver(actor, 'visits.export') ? addressOf(query, {}, '/market-notes/file') : null,
    nothing: narrowed
      ? { heading: t('marketNotes:noneFiltered'), next: { href: '/market-notes', word: t('marketNotes:clear') } }
      : { heading: t('marketNotes:none'), hint: t('marketNotes:noneHint') },
  }
}

function addressOf({ after: _after, ...kept }: NoteQuery, more: Record<string, string> = {}, path = '/market-notes') {
  const set = Object.entries({ ...kept, ...more }).filter(([, value]) => value)
  return set.length > 0 ? `${path}?${new URLSearchParams(set)}` : path
}

type Narrowing = { now: Date; person: Person | null; narrowed: boolean }

function filtersOf(t: Translate, query: NoteQuery, places: NotePlaces, { now, person, narrowed }: Narrowing) {
  const { q, quarter, kind, department, region, month, about } = query
  const words = (some: { id: bigint; name: string }[]) =>
    some.map(({ id, name }) => ({ value: String(id), word: name }))
  const choice = (name: 'quarter' | 'kind' | 'department' | 'region', value: string, options: object[]) => ({
    name,
    value,
    options,
    label: t(`marketNotes:choose.${name}`),
  })
  const none = (name: 'department' | 'region', value: string) =>
    value === 'none' ? [{ value: 'none', word: t(`marketNotes:no.${name}`) }] : []
  const held = [
    ...(month ? [['month', month] as const] : []),
    ...(about ? [['about', about] as const] : []),
    ...(person ? [['person', person.name] as const] : []),
  ]
  return {
    action: '/market-notes',
    find: { name: 'q', value: q, label: t('marketNotes:find') },
    choices: [
      choice('quarter', quarter, quartersOf(now, quarter)),
      choice(
        'kind',
        kind,
        noteKinds.map((value) => ({ value, word: t(`visits:noteKind.${value}`) })),
      ),
      choice('department', department, [...none('department', department), ...words(places.departments)]),
      choice('region', region, [...none('region', region), ...words(places.regions)]),
    ],
    kept: Object.fromEntries(held.map(([name]) => [name, query[name]])),
    conditions: held.map(([name, word]) => ({
      label: t(`marketNotes:held.${name}`),
      word,
      remove: addressOf({ ...query, [name]: '' }),
    })),
    ...(narrowed ? { clear: '/market-notes' } : {}),
  }
}

/** An older one that the address asks for stands there, too. */
function quartersOf(now: Date, asked: string) {
  const recent = quartersBack(now, 12)
  return (asked && !recent.includes(asked) ? [asked, ...recent] : recent).map((value) => ({ value, word: value }))
}

/** A note as a list shows it. */
export function rowOf(t: Translate, note: NoteRow) {
  const { id, kind, about, text, notedOn, owner, ownerNumber, department, region, customer, visit } = note
  return {
    href: `/market-notes/${id}`,
    kind: t(`visits:noteKind.${kind}`),
    about: about ?? '',
    text,
    notedOn,
    owner,
    ownerHref: `/market-notes?person=${ownerNumber}`,
    place: [department, region].filter(Boolean).join(' · '),
    customer: customer && { name: customer.name, href: `/customers/${customer.number}` },
    visit: visit && { number: visit, href: `/visits/${visit}` },
  }
}

export function notePage(actor: Actor, note: NoteRow, history: HistoryLine[], now: Date) {
  const t = translate[actor.language]
  const row = rowOf(t, note)
  const may = notePolicy.own(actor, note) && note.withdrawnAt === null
  const fact = (name: 'notedOn' | 'person' | 'place' | 'recordedAt', value: string) => ({
    label: t(`marketNotes:field.${name}`),
    value,
  })
  return {
    note: { ...row, id: String(note.id), title: row.about || row.kind },
    state: note.withdrawnAt
      ? { tone: 'bad', word: t('marketNotes:withdrawnAt', { at: dateTimeText(note.withdrawnAt) }) }
      : null,
    may,
    facts: [
      fact('notedOn', note.notedOn),
      fact('person', note.owner),
      fact('place', row.place),
      fact('recordedAt', dateTimeText(note.recordedAt)),
      ...(row.customer
        ? [{ label: t('marketNotes:field.party'), value: row.customer.name, href: row.customer.href }]
        : []),
      ...(row.visit ? [{ label: t('marketNotes:field.visit'), value: row.visit.number, href: row.visit.href }] : []),
    ],
    history: historyItems(actor, history, now),
  }
}
