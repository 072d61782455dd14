import { LedgerSource, ReceiptWay } from '../../../prisma/client/enums.ts'
import type { Translate } from '../../i18n.ts'
import { receiptMarks, shipmentMarks, type ReceiptQuery, type ShipmentQuery } from './forms.ts'

export type Query = ShipmentQuery | ReceiptQuery
export type Named = 'shipments' | 'receipts'

export function addressOf(name: Named, query: Record<string, string>): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  return search.size > 0 ? `/${name}?${search}` : `/${name}`
}

export function filtersOf(t: Translate, name: Named, query: Query, narrowed: boolean) {
  const marks: readonly string[] = name === 'shipments' ? shipmentMarks : receiptMarks
  const choice = (field: string, label: string, value: string, options: { value: string; word: string }[]) => ({
    name: field,
    label,
    value,
    options,
  })
  const ways = 'way' in query ? [choice('way', t('ledger:list.way'), query.way, waysOf(t))] : []
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
