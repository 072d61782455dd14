import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { sizeText } from '../../attachments/sizes.ts'
import { kindByType, kinds } from '../../files/kinds.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import type { Refusal } from '../../lib/refused.ts'
import { isImportant, levels } from '../levels.ts'
import { sealOf } from '../marks.ts'
import { placeText } from '../places.ts'
import type { Item } from '../queries.ts'
import { archiveTabs } from '../tabs.ts'
import { actsOf, isThere, whyNotLent, type WhyNot } from './acts.ts'
import { refusalOf } from './closed.ts'
import type { Content, Overdue, Registers } from './queries.ts'
import { registersPart } from './registers.ts'
import { stateOf, volumeText } from './standing.ts'

type Shown = {
  problems: Refusal[]
  contents: Content[]
  chosen?: Content | undefined
  shownAs: 'picture' | 'pdf' | 'none' | null
  overdue: Overdue | null
  registers: Registers | null
}

/** One item: what this person may know of it, what it shows, why it does not open, and what can be done now. */
export function itemPage(actor: Actor, item: Item, shown: Shown) {
  const t = translate[actor.language]
  const { problems, overdue, registers } = shown
  const opens = problems.length === 0
  const lending = whyNotLent(actor, item, { overdue, opens }, t)
  const acts = actsOf(actor, item, isThere(item), t)
  return {
    tabs: archiveTabs(actor, '/archive'),
    item,
    home: `/archive/items/${item.number}`,
    heading: item.known ? item.title : item.number,
    lede: item.known ? null : t('archive:item.unknownLede', { name: item.keeper.name }),
    seal: sealOf(item.secrecy),
    state: item.known ? stateOf({ state: item.state, lent: item.loan !== null }, t) : null,
    acts: acts.slice(0, 3),
    moreActs: acts.slice(3),
    refusal: opens ? null : refusalOf(actor, item, problems, t),
    whyNots: [...agreementReasons(problems, t), ...lending, ...copyReasons(actor, item, opens, t)],
    facts: item.known ? factsOf(item, t) : [],
    ...(opens ? contentPart(item, shown, t) : { chosen: null, versions: [], noContent: '' }),
    registers: registers && registersPart(registers, t),
    levels: levels.map((level) => ({ seal: sealOf(level), text: t(`archive:item.levelTexts.${level}`) })),
  }
}

function factsOf(item: Item, t: Translate) {
  const kept = item.retainUntil ? ` · ${dayText(item.retainUntil)}` : ''
  return [
    { label: t('archive:field.customer'), value: item.customer.name, href: `/customers/${item.customer.number}` },
    {
      label: t('archive:field.volume'),
      value: volumeText(item.volume, t),
      href: `/archive/files/${item.fileNumber}`,
    },
    { label: t('archive:field.place'), value: placeText(item.place) },
    { label: t('archive:field.keeper'), value: item.keeper.name },
    { label: t('archive:field.type'), value: t(`archive:type.${item.type}`) },
    { label: t('archive:field.datedOn'), value: dayText(item.datedOn) },
    { label: t('archive:field.pages'), value: t('archive:extent', { pages: item.pages, copies: item.copies }) },
    { label: t('archive:field.medium'), value: carrierOf(item, t) },
    { label: t('archive:field.secrecy'), value: t(`archive:level.${item.secrecy}`) },
    { label: t('archive:field.secrecyUntil'), value: dayText(item.secrecyUntil) },
    { label: t('archive:field.retention'), value: `${t(`archive:retention.${item.retention}`)}${kept}` },
    { label: t('archive:importantMark'), value: t(item.important ? 'archive:yes' : 'archive:no') },
    ...(item.remark ? [{ label: t('archive:field.remark'), value: item.remark, wide: true }] : []),
  ]
}

function carrierOf({ medium, ink, durable }: Item, t: Translate): string {
  const written = ink ? t(`archive:ink.${ink}`) : ''
  return [t(`archive:medium.${medium}`), written, durable ? '' : t('archive:notDurable')].filter(Boolean).join(' · ')
}

function agreementReasons(problems: Refusal[], t: Translate): WhyNot[] {
  // The first one stands as the refusal itself.
  return problems
    .slice(1)
    .map(({ rule }) => ({ act: t('archive:why.agreement'), reason: t('archive:closed.agreement'), rule: { id: rule } }))
}

/** ARC-13: what is important is not downloaded, for that is copying. */
function copyReasons(actor: Actor, item: Item, opens: boolean, t: Translate): WhyNot[] {
  if (!opens || !item.known || item.contents === 0 || !isImportant(item)) return []
  const apply = { href: `/copies/new?item=${item.number}`, word: t('archive:act.copy') }
  const next = may(actor, 'copies.ask', item) ? { next: apply } : {}
  return [{ act: t('archive:why.copy'), reason: t('archive:why.copying'), rule: { id: 'ARC-13' }, ...next }]
}

function contentPart(item: Item, { contents, chosen, shownAs }: Shown, t: Translate) {
  const home = `/archive/items/${item.number}`
  const at = ({ n }: Content) => `${home}/contents/${n}`
  const current = contents[0]
  const mayDownload = !isImportant(item)
  return {
    noContent: contents.length === 0 ? t('archive:item.noContent') : '',
    older:
      chosen && current && chosen.n !== current.n ? t('archive:item.older', { n: chosen.n, current: current.n }) : null,
    shown: shownAs ?? 'none',
    chosen: chosen
      ? { pdf: `${at(chosen)}/pdf`, picture: `${at(chosen)}/picture`, file: mayDownload ? `${at(chosen)}/file` : null }
      : null,
    versions: contents.map((one, i) => ({
      n: one.n,
      href: i === 0 ? home : `${home}?n=${one.n}`,
      current: i === 0,
      chosen: one.n === chosen?.n,
      name: one.name,
      size: sizeText(one.bytes),
      icon: kinds[kindByType(one.type) ?? 'text'].icon,
      when: dateTimeText(one.at),
      by: one.by,
      file: mayDownload ? `${at(one)}/file` : null,
      thumbnail: one.type.startsWith('image/') && one.n !== chosen?.n ? `${at(one)}/thumbnail` : null,
      fingerprint: one.sha256,
    })),
  }
}
