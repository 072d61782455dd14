import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { ListQuery, NewQuery } from './forms.ts'
import type { Incident } from './queries.ts'
import { incidentKinds } from './rules.ts'

const tones = { leak: 'bad', loss: 'bad', overreach: 'bad', damage: 'warn', difference: 'warn', other: 'wait' } as const

/** One minute is enough: kind and what; the rest as far as it is known. */
export function newPage(actor: Actor, { item = '', customer = '' }: NewQuery, now: Date) {
  const t = translate[actor.language]
  return {
    kinds: incidentKinds.map((value) => ({ value, word: t(`incidents:kind.${value}`) })),
    item,
    customer,
    latest: dateTimeText(now).replace(' ', 'T'),
    register: mayEver(actor, 'incidents.view'),
  }
}

export function listPage(actor: Actor, query: ListQuery, { rows, more }: { rows: Incident[]; more: boolean }) {
  const t = translate[actor.language]
  const { before, ...kept } = query
  const set = Object.entries(kept).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const address = (change: Record<string, string> = {}) =>
    `/incidents?${new URLSearchParams({ ...Object.fromEntries(set), ...change })}`
  return {
    tabs: archiveTabs(actor, '/incidents'),
    filters: {
      q: query.q,
      kind: query.kind ?? '',
      kinds: incidentKinds.map((value) => ({ value, word: t(`incidents:kind.${value}`) })),
      from: query.from ?? '',
      until: query.until ?? '',
      set: set.length > 0,
    },
    rows: rows.map((incident) => rowOf(incident, t)),
    pager: {
      words: t('incidents:pageWords', { n: rows.length }),
      ...(before ? { previous: address() } : {}),
      ...(more ? { next: address({ before: String(rows.at(-1)!.id) }) } : {}),
    },
    nothing:
      set.length > 0
        ? { heading: t('incidents:noneLike'), next: { href: '/incidents', word: t('incidents:clear') } }
        : { heading: t('incidents:none'), hint: t('incidents:noneHint') },
  }
}

function rowOf({ number, kind, what, reportedAt, reportedBy, item, customer }: Incident, t: Translate) {
  return {
    number,
    href: `/incidents/${number}`,
    kind: { tone: tones[kind], word: t(`incidents:kind.${kind}`) },
    what,
    about: item?.number ?? customer?.number ?? '',
    by: reportedBy.name,
    at: dateTimeText(reportedAt),
    datetime: reportedAt.toISOString(),
  }
}

export function incidentPage(actor: Actor, incident: Incident) {
  const t = translate[actor.language]
  const { number, kind, happenedAt, what, doneAtOnce, customer, item, loan, reportedBy, reportedAt } = incident
  const linked = (label: string, of: { number: string } | null, href: string, open: boolean) =>
    of ? [{ label, value: of.number, ...(open ? { href: `${href}${of.number}` } : {}) }] : []
  return {
    tabs: archiveTabs(actor, '/incidents'),
    number,
    kind: { tone: tones[kind], word: t(`incidents:kind.${kind}`) },
    facts: [
      { label: t('incidents:field.reportedBy'), value: `${reportedBy.name} ${reportedBy.number}` },
      { label: t('incidents:field.reportedAt'), value: dateTimeText(reportedAt) },
      { label: t('incidents:field.happenedAt'), value: happenedAt ? dateTimeText(happenedAt) : '' },
      ...linked(t('incidents:field.item'), item, '/archive/items/', mayEver(actor, 'archive.view')),
      ...linked(t('incidents:field.customer'), customer, '/customers/', mayEver(actor, 'customers.view')),
      ...linked(t('incidents:field.loan'), loan, '', false),
      { label: t('incidents:field.what'), value: what, wide: true, lines: true },
      { label: t('incidents:field.doneAtOnce'), value: doneAtOnce ?? '', wide: true, lines: true },
    ],
  }
}
