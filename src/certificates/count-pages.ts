import type { Actor } from '../access/actor.ts'
import { keeperOptions } from '../archive/keepers.ts'
import { sealOf } from '../archive/marks.ts'
import { placeText } from '../archive/places.ts'
import { archiveTabs } from '../archive/tabs.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { CountRecord, CountRow, KindSum } from './counts.ts'
import type { Certificate } from './queries.ts'
import { expectedOf } from './rules.ts'

type Choosable = Parameters<typeof keeperOptions>[0]

/** What the safe should hold, line by line, to be counted against. */
export function countPage(actor: Actor, held: Certificate[], sums: KindSum[], witnesses: Choosable) {
  const t = translate[actor.language]
  const rows = held.map((one) => heldRow(one))
  const names = (['counted', 'why'] as const).map((name) => [name, t(`certificates:count_.${name}`)] as const)
  return {
    archive: archiveTabs(actor, '/certificates'),
    rows,
    sums,
    witnesses: keeperOptions(witnesses),
    labels: Object.fromEntries([
      ...rows.flatMap(({ number }) => names.map(([name, word]) => [`rows.${number}.${name}`, `${number} ${word}`])),
      ['witness', t('certificates:field.witness')],
      ['note', t('certificates:field.note')],
    ]) as Record<string, string>,
    nothing: { heading: t('certificates:refused.nothingHeld') },
  }
}

/** ARC-02: who does not know a classified one counts it by its number. */
export function heldRow(one: Certificate) {
  const { number, known, kind, certNumber, owner, place, loan, secrecy, itemNumber } = one
  return {
    number,
    seal: sealOf(secrecy),
    about: known ? [kind, certNumber, owner].filter(Boolean).join(' · ') : itemNumber,
    place: known ? placeText(place) : '',
    expected: expectedOf({ ...one, lent: loan !== null }),
    lent: known && loan ? `${loan.number} ${loan.borrower}` : '',
  }
}

export function countsPage(actor: Actor, counts: CountRow[]) {
  const t = translate[actor.language]
  return {
    archive: archiveTabs(actor, '/certificates'),
    rows: counts.map(({ id, at, ...one }) => ({ ...one, href: `/certificates/counts/${id}`, at: dateTimeText(at) })),
    nothing: { heading: t('certificates:counts.none') },
  }
}

export function countRecordPage(actor: Actor, record: CountRecord) {
  const t = translate[actor.language]
  return {
    archive: archiveTabs(actor, '/certificates'),
    heading: t('certificates:counts.heading', { at: dateTimeText(record.at) }),
    facts: [
      { label: t('certificates:counts.by'), value: record.by },
      { label: t('certificates:field.witness'), value: record.witness },
      { label: t('certificates:counts.lines'), value: String(record.lines) },
      { label: t('certificates:counts.differing'), value: String(record.differing) },
      { label: t('certificates:field.note'), value: record.note ?? '' },
    ],
    rows: record.counted.map((line) => ({ ...line, differs: line.counted !== line.expected })),
  }
}
