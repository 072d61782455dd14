import type { Actor } from '../access/actor.ts'
import { translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { Choice } from './handing-on.ts'
import { mostItems, type Item, type Line, type Receipt, type Share } from './lines.ts'
import { aboutWord, actWord } from './pages.ts'
import type { Handover, HandoverThing } from './queries.ts'
import { isThing, type Thing } from './things.ts'

type Found = { items: Item[]; total: number; receivers: Choice[] | null }

/** Some or all of one kind, and to whom. */
export function handPage(actor: Actor, handover: HandoverThing, q: string, { items, total, receivers }: Found) {
  const t = translate[actor.language]
  const { number, thing, leaver } = handover
  const what = t(`handovers:thing.${thing}`)
  const said = thing === 'request' || thing === 'delegation' || thing === 'visit_plan'
  const note = said ? t(`handovers:${thing}Note`) : null
  return {
    number,
    thing,
    q,
    title: receivers ? t('handovers:handTitle', { what }) : t('handovers:endTitle', { what }),
    lede: note ?? t('handovers:handNote', { name: leaver.name }),
    act: actWord(thing, t),
    items: items.slice(0, mostItems).map((item) => ({
      name: `item_${item.id}`,
      label: item.label,
      about: aboutWord(thing, item.about, t, actor.language) ?? t('handovers:unseen'),
      unseen: item.about === null,
    })),
    more: items.length > mostItems ? t('handovers:more', { n: mostItems }) : null,
    which: (['picked', 'all'] as const).map((value) => ({
      value,
      word: t(`handovers:${q ? 'which' : 'whichNone'}.${value}`, { n: total }),
    })),
    receivers: receivers?.map(({ number: value, name, department }) => ({
      value,
      word: [name, value, department?.name].filter(Boolean).join(' '),
    })),
    filters: {
      action: `/handovers/${number}/hand/${thing}`,
      find: { name: 'q', value: q, label: t('handovers:find') },
      ...(q ? { clear: `/handovers/${number}/hand/${thing}` } : {}),
    },
    nothing: {
      heading: t(q ? 'handovers:none.filtered' : 'handovers:none.items'),
      next: { href: `/handovers/${number}`, word: t('handovers:keep') },
    },
  }
}

export const linesOnPage = 100

export function linesPage(actor: Actor, { number, leaver }: Handover, lines: Line[]) {
  const t = translate[actor.language]
  const shown = lines.slice(0, linesOnPage)
  const next = lines.length > linesOnPage ? { next: `/handovers/${number}/lines?after=${shown.at(-1)!.id}` } : {}
  return {
    number,
    name: leaver.name,
    rows: shown.map((line) => lineRow(line, actor)),
    pager: { words: t('handovers:pageWords', { n: shown.length }), ...next },
  }
}

const places: Partial<Record<Thing, string>> = {
  customer: '/customers',
  task: '/tasks',
  visit: '/visits',
  visit_report: '/visits',
}

export function lineRow({ kind, label, about, at, to }: Line, { language }: Actor) {
  const t = translate[language]
  const place = places[kind]
  const href = place ? `${place}/${label}` : null
  return {
    what: isThing(kind) ? t(`handovers:thing.${kind}`) : kind,
    label,
    about: about ?? (kind === 'customer' ? t('handovers:unseen') : ''),
    unseen: about === null,
    href: about === null ? null : href,
    to: to ?? '—',
    at: dateTimeText(at),
  }
}

export function receiptPage(actor: Actor, receipt: Receipt, shares: Share[], lines: Line[]) {
  const t = translate[actor.language]
  const since = shares.reduce((sum, share) => sum + share.since, 0)
  const received = shares[0]?.received ?? null
  return {
    number: receipt.number,
    lede: t('handovers:receiptLede', { leaver: receipt.leaver }),
    counts: shares.map(({ kind, n }) => ({
      label: isThing(kind) ? t(`handovers:thing.${kind}`) : kind,
      value: t('handovers:count', { n }),
    })),
    rows: lines.slice(0, linesOnPage).map((line) => lineRow(line, actor)),
    more: lines.length > linesOnPage ? t('handovers:more', { n: linesOnPage }) : null,
    due: since > 0,
    received: received ? t('handovers:receivedAt', { at: dateTimeText(received) }) : null,
  }
}
