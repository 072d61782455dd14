import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { translate, type Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import { receiptMarks, shipmentMarks, type ReceiptQuery, type ShipmentQuery } from './forms.ts'
import { LedgerSource, ReceiptWay } from '../../../prisma/client/enums.ts'
import { countedTo, type Listed, type ReceiptRow, type ShipmentRow } from './listing.ts'

type Tag = { tone: 'wait' | 'go' | 'ok' | 'bad' | 'warn'; word: string }
type Query = ShipmentQuery | ReceiptQuery

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

/** −1,000.00 with the sign that is as wide as a digit. */
export const signed = (yuan: string): string => moneyText(yuan).replace('-', '−')

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

type Named = 'shipments' | 'receipts'

function common(t: Translate, name: Named, query: Query, { rows, more, count }: Listed<unknown>) {
  const last = rows.at(-1) as { number: string } | undefined
  const narrowed = Object.entries(query).some(([field, value]) => field !== 'after' && value !== '')
  return {
    title: t(`ledger:${name}.title`),
    openHead: t(`ledger:${name}.open`),
    whatHead: t(`ledger:${name}.what`),
    filters: filtersOf(t, name, query, narrowed),
    pager: {
      words: count > countedTo ? t('ledger:list.many', { n: countedTo }) : t('ledger:list.count', { n: count }),
      ...(query.after ? { previous: addressOf(name, { ...query, after: '' }) } : {}),
      ...(more && last ? { next: addressOf(name, { ...query, after: last.number }) } : {}),
    },
    nothing: narrowed
      ? { heading: t('ledger:list.noneFound'), next: { href: `/${name}`, word: t('ledger:list.clear') } }
      : { heading: t(`ledger:${name}.none`), hint: t(`ledger:${name}.noneHint`) },
  }
}

export function addressOf(name: Named, query: Record<string, string>): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  return search.size > 0 ? `/${name}?${search}` : `/${name}`
}

function filtersOf(t: Translate, name: Named, query: Query, narrowed: boolean) {
  const marks: readonly string[] = name === 'shipments' ? shipmentMarks : receiptMarks
  const choice = (field: string, label: string, value: string, options: { value: string; word: string }[]) => ({
    name: field,
    label,
    value,
    options,
  })
  const ways = 'way' in query ? [choice('way', t('credit:field.way'), query.way, waysOf(t))] : []
  const sources = Object.values(LedgerSource).filter((one) => name === 'shipments' || one !== 'release')
  return {
    action: `/${name}`,
    find: { name: 'q', value: query.q, label: t('ledger:list.find') },
    days: [
      { name: 'from', label: t('ledger:list.from'), value: query.from },
      { name: 'to', label: t('ledger:list.to'), value: query.to },
    ],
    choices: [
      choice(
        'mark',
        t('ledger:list.mark'),
        query.mark,
        marks.map((value) => ({ value, word: t(`ledger:mark.${value}` as 'ledger:mark.late') })),
      ),
      ...ways,
      choice(
        'source',
        t('ledger:list.source'),
        query.source,
        sources.map((value) => ({ value, word: t(`credit:source.${value}`) })),
      ),
    ],
    kept: { ...(query.customer ? { customer: query.customer } : {}), ...dueOf(query) },
    conditions: conditionsOf(t, name, query),
    ...(narrowed ? { clear: `/${name}` } : {}),
  }
}

const waysOf = (t: Translate) => Object.values(ReceiptWay).map((value) => ({ value, word: t(`credit:way.${value}`) }))

const dueOf = (query: Query): Record<string, string> =>
  'dueFrom' in query
    ? Object.fromEntries((['dueFrom', 'dueTo'] as const).flatMap((one) => (query[one] ? [[one, query[one]]] : [])))
    : {}

/** What no field of the form shows. */
function conditionsOf(t: Translate, name: Named, query: Query) {
  const { customer } = query
  const due = Object.values(dueOf(query))
  return [
    ...(customer
      ? [{ label: t('credit:field.customer'), word: customer, remove: without(name, query, { customer: '' }) }]
      : []),
    ...(due.length > 0 && 'dueFrom' in query
      ? [
          {
            label: t('ledger:list.due'),
            word: [query.dueFrom, query.dueTo].join(' – '),
            remove: without(name, query, { dueFrom: '', dueTo: '' }),
          },
        ]
      : []),
  ]
}

const without = (name: Named, query: Query, left: Record<string, string>) =>
  addressOf(name, { ...query, after: '', ...left })
