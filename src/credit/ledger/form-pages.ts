import { ReceiptWay } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { dateText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { moneyText } from '../../lib/money.ts'
import type { Chosen } from './choosing.ts'
import { stampOf, type ReceiptOf, type ShipmentOf } from './queries.ts'

type Known = { number: string; name: string } | null
type Around = { customer: Chosen | null; known: Known; now: Date }

const aboutOf = (customer: Chosen | null, list: string) => ({
  customer,
  home: customer ? `/credit/customers/${customer.number}` : list,
})

/** CRD-18: the document that is known under the number that was typed. */
const knownCallout = (t: Translate, known: Known, list: string) =>
  known && {
    tone: 'warn' as const,
    text: t('ledger:form.known', { number: known.number, name: known.name }),
    rule: { id: 'CRD-18' },
    act: { href: `${list}/${known.number}`, word: t('ledger:form.seeKnown') },
  }

/** /shipments/new and /shipments/unreleased */
export function shipmentFormPage(
  actor: Actor,
  breach: boolean,
  { customer, known, openedOn, now }: Around & { openedOn: string | null },
) {
  const t = translate[actor.language]
  const opened = openedOn ?? ''
  return {
    ...aboutOf(customer, '/shipments'),
    breach,
    title: t(breach ? 'ledger:form.breach' : 'ledger:form.history'),
    lede: breach
      ? t('ledger:form.breachLede')
      : openedOn === null
        ? t('ledger:form.historyFree')
        : t('ledger:form.historyLede', { opened }),
    other:
      openedOn === null
        ? null
        : breach
          ? { href: '/shipments/new', word: t('ledger:act.history') }
          : { href: '/shipments/unreleased', word: t('ledger:act.breach') },
    callout: knownCallout(t, known, '/shipments'),
    today: dateText(now),
    latest: breach ? dateText(now) : dayBefore(openedOn, now),
  }
}

/** The day that stands in the form at first: today, or where the history ends. */
const dayBefore = (openedOn: string | null, now: Date): string => (openedOn === null ? dateText(now) : '')

export type Held = { number: string; goods: string; short: { toFixed: (n: number) => string }; amount: Held['short'] }

/** /receipts/new */
export function receiptFormPage(
  actor: Actor,
  { customer, known, releases, release, now }: Around & { releases: Held[]; release: string },
) {
  const t = translate[actor.language]
  const wanted = releases.find(({ number }) => number === release.toUpperCase())
  return {
    ...aboutOf(customer, '/receipts'),
    title: t('ledger:form.receipt'),
    callout: knownCallout(t, known, '/receipts'),
    today: dateText(now),
    ways: Object.values(ReceiptWay).map((value) => ({ value, word: t(`credit:way.${value}`) })),
    releases: releasesOf(t, releases),
    release: wanted?.number ?? '',
    amount: wanted && Number(wanted.short.toFixed(2)) > 0 ? wanted.short.toFixed(2) : '',
  }
}

export const releasesOf = (t: Translate, releases: Held[]) =>
  releases.map(({ number, goods, short, amount }) => ({
    value: number,
    word: t('ledger:form.releaseOption', {
      number,
      goods,
      amount: moneyText(amount.toFixed(2)),
      short: moneyText(short.toFixed(2)),
    }),
  }))

/** /shipments/:number/counter, /receipts/:number/counter */
export function counterPage(actor: Actor, kind: 'shipment' | 'receipt', of: ShipmentOf | ReceiptOf, now: Date) {
  const t = translate[actor.language]
  return {
    number: of.number,
    home: `/${kind}s/${of.number}`,
    title: t(`ledger:counter.${kind}`, { number: of.number }),
    lede: t(`ledger:counter.${kind}Lede`),
    customer: of.customer.name,
    on: dayText('shippedOn' in of ? of.shippedOn : of.receivedOn),
    amount: moneyText(of.amount.toFixed(2)),
    left: of.net.toFixed(2),
    leftText: moneyText(of.net.toFixed(2)),
    byHand: 'byHand' in of && of.byHand,
    seen: stampOf(of),
    today: dateText(now),
  }
}
