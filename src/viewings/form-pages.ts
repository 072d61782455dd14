import type { Actor } from '../access/actor.ts'
import { acknowledgedUntil } from '../acknowledgements/queries.ts'
import { agreementInForce } from '../agreements/in-force.ts'
import type { Place } from '../approvals/contract.ts'
import { levels, needsWindow } from '../archive/levels.ts'
import type { Item } from '../archive/queries.ts'
import { calendarAt } from '../calendar/queries.ts'
import { isWorkingDay, nextOpening, type Calendar } from '../calendar/reckoning.ts'
import { clockText } from '../calendar/texts.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { Range } from '../regulations/parameters.ts'
import { draftModel } from '../web/drafts.ts'
import { signersShown } from './asking.ts'
import { reasonLength } from './emergency.ts'
import { numbersIn, papers, purposes, type ItemQuery } from './forms.ts'
import { opensAnyway } from './judging.ts'
import { itemsNamed } from './naming.ts'
import { acceptable, scanHint } from './papers.ts'
import type { Viewing } from './queries.ts'
import { mostDays, partsOf, spansOf, windowOf, type Span } from './rules.ts'

type Mode = 'own' | 'visitor' | 'emergency'
const homes = { own: '/viewings/new', visitor: '/viewings/visitors/new', emergency: '/viewings/emergency' } as const

/** The form an application is written in: what it is about, when, why, and beside it who signs. */
export async function applicationPage(actor: Actor, query: ItemQuery, mode: Mode, now: Date, edited?: Viewing) {
  const t = translate[actor.language]
  const numbers = await numbersOf(actor, query, mode, now)
  const [{ items, unknown }, regulation, calendar] = await Promise.all([
    itemsNamed(actor, numbers),
    regulationAt(now),
    calendarAt(now),
  ])
  const place: Place = items[0] ?? { departmentId: actor.departmentId, regionId: null }
  const free = mode === 'visitor' ? [] : items.filter((item) => opensAnyway(actor, item))
  const default_ = `d${Math.min(regulation.value('archive.window_days'), mostDays)}` as Span
  const min = mode === 'emergency' ? reasonLength : regulation.value('archive.reason_length')
  return {
    numbers: numbers.join(', '),
    rows: items.map((item) => itemRow(t, item, numbers, homes[mode], free)),
    unknown: unknown.length > 0 ? t('viewings:new.unknown', { numbers: unknown.join('、') }) : null,
    viewerLabel: t(mode === 'visitor' ? 'viewings:field.escort' : 'viewings:field.viewer'),
    viewer: [actor.name, actor.departmentName, actor.number].filter(Boolean).join('，'),
    day: edited ? dateText(edited.fromAt < now ? now : edited.fromAt) : firstDay(calendar, now),
    today: dateText(now),
    span: edited ? spanOf(calendar, edited, now, default_) : default_,
    spans: spansOf(calendar).map((value) => ({ value, word: spanText(t, calendar, value) })),
    purposes: purposes.map((value) => ({ value, word: t(`archive:purpose.${value}`) })),
    papers: papers.map((value) => ({ value, word: t(`viewings:paper.${value}`) })),
    purpose: edited?.purpose ?? '',
    reason: edited?.reason ?? '',
    reasonHint: t(mode === 'emergency' ? 'viewings:hint.emergencyReason' : 'viewings:hint.reason', { min }),
    sealed: mode === 'own' && regulation.value('archive.seal') === 'scan' ? t('viewings:hint.seal') : null,
    hours: regulation.value('archive.emergency_hours'),
    mayHurry: items.length > 0 && items.every(({ secrecy }) => secrecy !== 'top_secret'),
    emergencyHref: `/viewings/emergency?item=${numbers.join(',')}`,
    ...(await beside(actor, { items, mode, place }, t, now)),
    ...(mode === 'visitor' ? { acceptable, fileHint: await scanHint(actor, now) } : {}),
  }
}

/** Those of the address, or of the draft that is fetched back. */
async function numbersOf(actor: Actor, { item, draft }: ItemQuery, mode: Mode, now: Date): Promise<string[]> {
  if (draft !== 'restore' || mode !== 'own') return item
  const { typed } = (await draftModel(actor, homes.own, true, now)) as { typed?: Record<string, string> }
  return numbersIn(typed?.['items'] ?? '')
}

/** Who signs, the levels, the three prohibitions. */
async function beside(
  actor: Actor,
  { items, mode, place }: { items: Item[]; mode: Mode; place: Place },
  t: Translate,
  now: Date,
) {
  const needing = items.filter(({ secrecy }) => needsWindow(secrecy))
  const asked = { items: needing.length > 0 ? needing : items, visitor: mode === 'visitor' }
  const [signers, until, agreed] = await Promise.all([
    signersShown(actor, asked, place, now),
    acknowledgedUntil(actor.id),
    agreementInForce(actor.id, now),
  ])
  return {
    signing: t(mode === 'emergency' ? 'viewings:hint.skipped' : 'viewings:hint.signers'),
    signers: signers.map(({ role, names, days }) => ({
      name: names.join('、') || t(`access:role.${role}`),
      note: t(`access:role.${role}`),
      when: t('viewings:new.working', { n: days }),
    })),
    levels: levels.map((level) => ({ level: sealName(level), text: t(`viewings:new.level.${level}`) })),
    acknowledged: until ? t('viewings:new.acknowledged', { until: dateText(new Date(until.getTime() - 1)) }) : '',
    agreement: agreed ? null : t('viewings:new.agreement'),
  }
}

/** As the seal's partial calls them. */
export const sealName = (level: Item['secrecy']) => (level === 'top_secret' ? 'top' : level)

function itemRow(t: Translate, item: Item, numbers: readonly string[], home: string, free: readonly Item[]) {
  const left = numbers.filter((one) => one !== item.number)
  return {
    number: item.number,
    href: `/archive/items/${item.number}`,
    seal: sealName(item.secrecy),
    title: item.known ? item.title : t('viewings:show.hidden'),
    keeper: item.keeper.name,
    remove: left.length > 0 ? `${home}?item=${left.join(',')}` : home,
    open: free.includes(item) ? t('viewings:new.open', { number: item.number }) : null,
  }
}

const firstDay = (calendar: Calendar, now: Date): string =>
  isWorkingDay(calendar, dateText(now)) && windowOf(calendar, { day: dateText(now), span: 'd1' }, now).until > now
    ? dateText(now)
    : dateText(nextOpening(calendar, now))

/** The choice that made the window, so that a returned application opens as it was. */
function spanOf(calendar: Calendar, { fromAt, untilAt }: Viewing, now: Date, otherwise: Span): Span {
  const day = dateText(fromAt)
  const same = spansOf(calendar).find((span) => {
    const { from, until } = windowOf(calendar, { day, span }, new Date(0))
    return until.getTime() === untilAt.getTime() && (span.startsWith('d') || from <= fromAt)
  })
  return same ?? (fromAt < now ? otherwise : 'd1')
}

/** 上午 08:30–12:00 */
function spanText(t: Translate, calendar: Calendar, span: Span): string {
  const texts = (ranges: readonly Range[]) => ranges.map(({ from, until }) => `${clockText(from)}–${clockText(until)}`)
  const part = texts(partsOf(calendar))[Number(span[1])] ?? ''
  return t(`viewings:span.${span}`, { hours: span[0] === 'r' ? part : texts(calendar.ranges).join('、') })
}
