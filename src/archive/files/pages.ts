import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import type { Customer } from '../../customers/queries.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { keeperOptions, type keepersToChoose } from '../keepers.ts'
import { sealOf } from '../marks.ts'
import { fileKinds, missingParts, partsOf } from '../parts.ts'
import { stateOf, volumeText } from '../items/standing.ts'
import { archiveTabs } from '../tabs.ts'
import { allParts, retentions } from './forms.ts'
import type { CustomerFile, ItemRow, itemsOf, Volume, VolumeOf } from './queries.ts'

type People = Awaited<ReturnType<typeof keepersToChoose>>
type Within = { volumes: Volume[]; held: (typeof allParts)[number][] } & Awaited<ReturnType<typeof itemsOf>>

const homeOf = ({ number }: { number: string }) => `/archive/files/${number}`

/** ARC-01, ARC-24: one customer's file with its volumes and items, and what is missing. */
export function filePage(actor: Actor, file: CustomerFile, { volumes, held, rows, marked }: Within) {
  const t = translate[actor.language]
  const keeps = may(actor, 'archive.keep', file)
  const home = homeOf(file)
  return {
    tabs: archiveTabs(actor, '/archive'),
    file,
    home,
    kind: t(`archive:fileKind.${file.kind}`),
    keeps,
    facts: factsOf(file, t),
    missing: missingParts(file.kind, held).map((part) => t(`archive:part.${part}`)),
    volumes: volumes.map((volume) => ({
      ...volume,
      head: volumeText(volume, t),
      about: aboutOf(volume, t),
      add: keeps ? `${home}/items/new?volume=${volume.n}` : null,
      correct: keeps ? `${home}/volumes/${volume.n}/correction` : null,
      rows: rows.filter((row) => row.volumeId === volume.id).map((row) => itemRow(row, t)),
    })),
    marked: marked.map((row) => ({ ...row, seal: sealOf(row.secrecy), href: `/archive/items/${row.number}` })),
  }
}

/** 重要合同和单据 · 2024-03-14 起 */
function aboutOf({ part, title, startedOn, endedOn }: Volume, t: Translate): string {
  const word = t(`archive:part.${part}`)
  return [part === 'general' || word === title ? '' : word, periodOf(startedOn, endedOn, t)].filter(Boolean).join(' · ')
}

function periodOf(from: string | null, until: string | null, t: Translate): string {
  if (from && until) return t('archive:file.period', { from, until })
  if (from) return t('archive:file.since', { from })
  return until ? t('archive:file.until', { until }) : ''
}

function factsOf(file: CustomerFile, t: Translate) {
  return [
    { label: t('archive:field.keeper'), value: file.keeper.name },
    { label: t('archive:field.fileKind'), value: t(`archive:fileKind.${file.kind}`) },
    { label: t('archive:field.startLevel'), value: t(`archive:level.${file.secrecy}`) },
    { label: t('archive:field.retention'), value: t(`archive:retention.${file.retention}`) },
    { label: t('archive:field.openedAt'), value: dateText(file.openedAt) },
    { label: t('archive:field.openedBy'), value: file.openedBy },
    ...(file.remark ? [{ label: t('archive:field.remark'), value: file.remark, wide: true }] : []),
  ]
}

function itemRow(row: ItemRow, t: Translate) {
  const lasts = row.durable ? [] : [t('archive:notDurable')]
  const important = row.important ? [t('archive:importantMark')] : []
  return {
    number: row.number,
    href: `/archive/items/${row.number}`,
    title: row.title,
    seal: sealOf(row.secrecy),
    what: [t(`archive:type.${row.type}`), row.datedOn].filter(Boolean).join(' · '),
    extent: t('archive:extent', { pages: row.pages, copies: row.copies }),
    medium: t(`archive:medium.${row.medium}`),
    place: row.place ?? '',
    marks: [...important, ...lasts].join(' · '),
    state: stateOf(row, t),
  }
}

const optionsOf = (t: Translate) => ({
  kinds: fileKinds.map((value) => ({ value, word: t(`archive:fileKind.${value}`) })),
  levels: (['internal', 'secret'] as const).map((value) => ({ value, word: t(`archive:level.${value}`) })),
  retentions: retentions.map((value) => ({ value, word: t(`archive:retention.${value}`) })),
})

export function openingPage(actor: Actor, customer: Customer, people: People, defaultLevel: string) {
  const t = translate[actor.language]
  return {
    customer,
    home: `/customers/${customer.number}`,
    ...optionsOf(t),
    people: keeperOptions(people),
    first: { keeper: people.some(({ number }) => number === actor.number) ? actor.number : '', secrecy: defaultLevel },
  }
}

export function fileCorrectionPage(actor: Actor, file: CustomerFile) {
  return { file, home: homeOf(file), ...optionsOf(translate[actor.language]) }
}

export const fileKeeperPage = (file: CustomerFile, people: People) => ({
  file,
  home: homeOf(file),
  people: keeperOptions(people),
})

export function volumePage(actor: Actor, file: CustomerFile | VolumeOf) {
  const t = translate[actor.language]
  const own = ['general' as const, ...partsOf[file.kind]]
  return {
    file,
    home: homeOf(file),
    volume: 'volume' in file ? file.volume : null,
    parts: [...new Set(own)].map((value) => ({ value, word: t(`archive:part.${value}`) })),
  }
}
