import type { Actor } from '../../access/actor.ts'
import { may, mayEver } from '../../access/policy.ts'
import { reads } from '../../db.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { numberOf } from '../../calendar/week.ts'
import { moneyText } from '../../lib/money.ts'
import type { Refusal } from '../../lib/refused.ts'
import { seesRelease, type Release } from '../queries.ts'
import { holds as ruleOf, type Hold } from '../reckoning.ts'
import { releaseStates } from '../states.ts'
import { orders, tabs, type ShippingQuery } from './forms.ts'
import { addressOf, countsFor, pageSize, shippedOf, toShipFor, type ToShip } from './queries.ts'
import { shippedProblems } from './rules.ts'

/** The warehouse's own page: what may go out now, and what went today. */
export async function shippingPage(actor: Actor, query: ShippingQuery, now: Date) {
  const t = translate[actor.language]
  const [rows, counts] = await Promise.all([toShipFor(actor, query, now), countsFor(actor, now)])
  const ships = mayEver(actor, 'releases.ship')
  return {
    rows: rows.slice(0, pageSize).map((row) => rowOf(t, row, ships, now)),
    tabs: tabs.map((tab) => ({
      href: pathOf({ tab }),
      word: t(`shipping:tab.${tab}`),
      count: counts[tab],
      current: tab === query.tab,
    })),
    filters: filtersOf(t, query),
    pager: {
      words: t('shipping:count', { n: query.q ? Math.min(rows.length, pageSize) : counts[query.tab] }),
      ...(query.after ? { previous: pathOf({ ...query, after: '' }) } : {}),
      ...(rows.length > pageSize ? { next: pathOf({ ...query, after: rows[pageSize - 1]!.number }) } : {}),
    },
    nothing: nothingOf(t, query),
  }
}

function rowOf(t: Translate, row: ToShip, ships: boolean, now: Date) {
  const home = `/releases/${row.number}`
  const days = numberOf(dateText(now)) - numberOf(dateText(row.releasedAt))
  const shipped = row.shippedAt !== null
  const moment = row.shippedAt ?? row.releasedAt
  return {
    number: row.number,
    href: home,
    at: days === 0 || shipped ? dateTimeText(moment).slice(11) : dateText(moment).slice(5),
    datetime: moment.toISOString(),
    waits: shipped ? '' : t(days === 0 ? 'shipping:today' : 'shipping:waits', { n: days }),
    name: row.name,
    grade: row.grade,
    address: row.address,
    goods: row.goods,
    amount: t('credit:yuan', { amount: moneyText(row.shippedAmount ?? row.amount) }),
    asked: t('shipping:askedBy', { name: row.requestedBy }),
    state: shipped ? { tone: 'ok' as const, word: t('shipping:by', { name: row.shippedBy ?? '' }) } : null,
    confirm: ships && !shipped ? `${home}/shipping` : null,
    paper: `${home}.pdf`,
  }
}

function filtersOf(t: Translate, { tab, q, sort }: ShippingQuery) {
  return {
    action: '/releases/shipping',
    find: { name: 'q', value: q, label: t('shipping:find') },
    choices:
      tab === 'waiting'
        ? [
            {
              name: 'sort',
              label: t('shipping:order'),
              value: sort,
              options: orders.map((value) => ({ value, word: t(`shipping:by_${value}`) })),
            },
          ]
        : [],
    kept: { tab },
    ...(q ? { clear: pathOf({ tab }) } : {}),
  }
}

function nothingOf(t: Translate, { tab, q }: ShippingQuery) {
  if (q)
    return {
      heading: t('shipping:noneFound', { q }),
      hint: t('shipping:noneFoundHint'),
      next: { href: pathOf({ tab }), word: t('shipping:all') },
    }
  return { heading: t(`shipping:none.${tab}`), hint: t('shipping:noneHint') }
}

function pathOf(query: Partial<ShippingQuery>): string {
  const search = new URLSearchParams()
  if (query.tab === 'today') search.set('tab', 'today')
  if (query.q) search.set('q', query.q)
  if (query.sort === 'customer') search.set('sort', 'customer')
  if (query.after) search.set('after', query.after)
  return search.size > 0 ? `/releases/shipping?${search}` : '/releases/shipping'
}

export async function shipGuard(release: Release): Promise<Refusal[]> {
  const shipped = shippedProblems(await shippedOf(reads, release))
  if (shipped.length === 0) releaseStates.next(release.state, 'ship')
  return shipped
}

/** 确认发货 */
export async function confirmPage(actor: Actor, release: Release, now: Date) {
  const t = translate[actor.language]
  return {
    release: {
      number: release.number,
      version: release.version,
      amount: release.amount.toFixed(2),
      name: release.customer.name,
      href: seesRelease(actor, release) ? `/releases/${release.number}` : '/releases/shipping',
    },
    facts: [
      { label: t('credit:field.customer'), value: release.customer.name, wide: true },
      { label: t('shipping:address'), value: await addressOf(release.customerId), wide: true },
      { label: t('credit:field.goods'), value: release.goods, wide: true, lines: true },
      ...(release.note ? [{ label: t('credit:field.note'), value: release.note, wide: true, lines: true }] : []),
      { label: t('shipping:on'), value: dateText(now) },
    ],
    most: t('shipping:most', { most: moneyText(release.amount.toFixed(2)) }),
  }
}

/** The check stopped it: what to say at the gate, by rule and word; whoever may not know of credit reads no figure. */
export function stoppedPage(actor: Actor, release: Release, by: readonly string[]) {
  const t = translate[actor.language]
  const reasons = by.filter((hold): hold is Hold => hold in ruleOf)
  return {
    number: release.number,
    name: release.customer.name,
    reasons: reasons.map((hold) => ({ word: t(`credit:hold.${hold}`), rule: { id: ruleOf[hold] } })),
    href: may(actor, 'credit.view', release) ? `/releases/${release.number}` : null,
    told: t('shipping:stopped.told', { name: release.requestedBy.name }),
  }
}
