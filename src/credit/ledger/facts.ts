import type { Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { signed } from '../saying.ts'
import type { ReceiptOf, ShipmentOf } from './queries.ts'

export type Document = ShipmentOf | ReceiptOf
type Fact = { label: string; value: string; href?: string; wide?: true; lines?: true }

const known = (label: string, value: string | null, more: Partial<Fact> = {}): Fact[] =>
  value ? [{ label, value, ...more }] : []

export function shipmentFacts(t: Translate, shipment: ShipmentOf, recorder: string): Fact[] {
  const { document, number, release, contract, counterOf, termDays } = shipment
  return [
    { label: t('credit:field.shippedOn'), value: dayText(shipment.shippedOn) },
    { label: t('credit:field.amount'), value: signed(shipment.amount.toFixed(2)) },
    ...known(t('credit:field.document'), document === number ? null : document),
    ...known(t('credit:field.invoice'), shipment.invoice),
    ...known(t('credit:field.goods'), shipment.goods),
    ...known(t('credit:field.release'), release?.number ?? null, { href: `/releases/${release?.number}` }),
    ...known(t('credit:field.contract'), contract?.number ?? null, { href: `/contracts/${contract?.number}` }),
    ...known(t('ledger:page.termDays'), termDays === null ? null : t('credit:days', { n: termDays })),
    ...known(t('ledger:page.counterOf'), counterOf?.number ?? null, { href: `/shipments/${counterOf?.number}` }),
    ...countersOf(t, shipment, '/shipments'),
    ...recordedOf(t, shipment, recorder),
    ...known(t('credit:field.reason'), shipment.reason, { wide: true, lines: true }),
  ]
}

export function receiptFacts(t: Translate, receipt: ReceiptOf, recorder: string): Fact[] {
  const { document, number, release, counterOf } = receipt
  return [
    { label: t('credit:field.receivedOn'), value: dayText(receipt.receivedOn) },
    { label: t('credit:field.amount'), value: signed(receipt.amount.toFixed(2)) },
    { label: t('credit:field.way'), value: t(`credit:way.${receipt.way}`) },
    ...known(t('credit:field.payer'), receipt.payer),
    ...known(t('credit:field.document'), document === number ? null : document),
    ...known(t('ledger:page.for'), release?.number ?? null, { href: `/releases/${release?.number}` }),
    ...known(t('ledger:page.counterOf'), counterOf?.number ?? null, { href: `/receipts/${counterOf?.number}` }),
    ...countersOf(t, receipt, '/receipts'),
    ...recordedOf(t, receipt, recorder),
    ...known(t('credit:field.reason'), receipt.reason, { wide: true, lines: true }),
  ]
}

const countersOf = (t: Translate, { counters }: Document, list: string): Fact[] =>
  counters.map(({ number, amount }) => ({
    label: t('ledger:page.counter'),
    value: `${number} ${signed(amount.toFixed(2))}`,
    href: `${list}/${number}`,
  }))

const recordedOf = (t: Translate, { source, recordedAt }: Document, recorder: string): Fact[] => [
  { label: t('ledger:page.source'), value: t(`credit:source.${source}`) },
  { label: t('ledger:page.recorded'), value: `${recorder} ${dateTimeText(recordedAt)}` },
]
