import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import { signed } from '../saying.ts'
import type { ReceiptQuery, ShipmentQuery } from './forms.ts'
import { addressOf, filtersOf, type Named, type Query } from './list-filters.ts'
import { countedTo, type Listed, type ReceiptRow, type ShipmentRow } from './listing.ts'

type Tag = { tone: 'wait' | 'go' | 'ok' | 'bad' | 'warn'; word: string }

/** /shipments */
export function shipmentList(actor: Actor, query: ShipmentQuery, list: Listed<ShipmentRow>) {
  const t = translate[actor.language]
  const records = mayEver(actor, 'ledger.record')
  return {
    ...common(t, 'shipments', query, list),
    at: 'shipments',
    rows: list.rows.map((row) => ({
      ...cells(t, row, `/shipments/${row.number}`),
      what: row.goods ?? '',
      open: row.open === '0.00' ? '' : moneyText(row.open),
      tags: [...shipmentTags(t, row), ...commonTags(t, row)],
    })),
    acts: records ? [{ href: '/shipments/new', word: t('ledger:act.history'), primary: false }] : [],
    menu: records ? [importAct(t, 'shipments'), { href: '/shipments/unreleased', word: t('ledger:act.breach') }] : [],
  }
}

/** /receipts */
export function receiptList(actor: Actor, query: ReceiptQuery, list: Listed<ReceiptRow>) {
  const t = translate[actor.language]
  const records = mayEver(actor, 'ledger.record')
  return {
    ...common(t, 'receipts', query, list),
    at: 'receipts',
    rows: list.rows.map((row) => ({
      ...cells(t, row, `/receipts/${row.number}`),
      what: [t(`credit:way.${row.way}`), row.payer].filter(Boolean).join(' '),
      open: row.open === '0.00' ? '' : moneyText(row.open),
      tags: [...receiptTags(t, row), ...commonTags(t, row)],
    })),
    acts: records ? [{ href: '/receipts/new', word: t('ledger:act.receipt'), primary: true }] : [],
    menu: records ? [importAct(t, 'receipts')] : [],
  }
}

const importAct = (t: Translate, subject: 'shipments' | 'receipts') => ({
  href: `/imports/new?subject=${subject}`,
  word: t(`ledgerImports:title.${subject}`),
})

const cells = (t: Translate, row: ShipmentRow | ReceiptRow, href: string) => ({
  href,
  number: row.number,
  document: row.document === row.number ? '' : row.document,
  on: row.on,
  name: row.name,
  customer: `/credit/customers/${row.customer}`,
  amount: signed(row.amount),
  minus: row.amount.startsWith('-'),
  source: t(`credit:source.${row.source}`),
})

const shipmentTags = (t: Translate, row: ShipmentRow): Tag[] => [
  ...(row.unreleased ? [{ tone: 'bad' as const, word: t('credit:unreleased') }] : []),
  ...(row.overdue ? [{ tone: 'bad' as const, word: t('ledger:tag.overdue') }] : []),
]
const receiptTags = (t: Translate, row: ReceiptRow): Tag[] => [
  ...(row.reserved ? [{ tone: 'wait' as const, word: t('ledger:tag.reserved', { release: row.release ?? '' }) }] : []),
  ...(row.byHand ? [{ tone: 'go' as const, word: t('ledger:tag.byHand') }] : []),
]
const commonTags = (t: Translate, row: ShipmentRow | ReceiptRow): Tag[] => [
  ...(row.counterOf ? [{ tone: 'warn' as const, word: t('ledger:tag.counterOf', { of: row.counterOf }) }] : []),
  ...(row.countered ? [{ tone: 'warn' as const, word: t('ledger:tag.countered') }] : []),
  ...(row.late ? [{ tone: 'wait' as const, word: t('credit:late') }] : []),
]

function common(t: Translate, name: Named, query: Query, { rows, more, count }: Listed<unknown>) {
  const last = rows.at(-1) as { number: string } | undefined
  const narrowed = Object.entries(query).some(([field, value]) => field !== 'after' && value !== '')
  return {
    title: t(`ledger:${name}.title`),
    openHead: t(`ledger:${name}.open`),
    whatHead: t(`ledger:${name}.what`),
    filters: filtersOf(t, name, query, narrowed),
    pager: {
      words:
        count > countedTo
          ? t('ledger:list.many', { n: countedTo.toLocaleString('en-US') })
          : t('ledger:list.count', { n: count }),
      ...(query.after ? { previous: addressOf(name, { ...query, after: '' }) } : {}),
      ...(more && last ? { next: addressOf(name, { ...query, after: last.number }) } : {}),
    },
    nothing: narrowed
      ? { heading: t('ledger:list.noneFound'), next: { href: `/${name}`, word: t('ledger:list.clear') } }
      : { heading: t(`ledger:${name}.none`), hint: t(`ledger:${name}.noneHint`) },
  }
}
