import type { Actor } from '../../access/actor.ts'
import { translate, type Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import { creditPolicy } from '../policy.ts'
import { yuan } from '../saying.ts'
import { isOpen } from '../states.ts'
import { receiptFacts, shipmentFacts, type Document } from './facts.ts'
import type { Allocated, ReceiptOf, ShipmentOf } from './queries.ts'

type Found = { lines: Allocated[]; recorder: string }

/** /shipments/:number */
export function shipmentPage(actor: Actor, shipment: ShipmentOf, found: Found) {
  const t = translate[actor.language]
  const left = !shipment.net.isZero() && shipment.counterOfId === null
  const records = creditPolicy.record(actor, shipment)
  return {
    ...headOf(t, actor, shipment, '/shipments'),
    at: 'shipments',
    title: t('credit:shipment', { number: shipment.number }),
    tags: [...(shipment.unreleased ? [{ tone: 'bad', word: t('credit:unreleased') }] : []), ...tagsOf(t, shipment)],
    terms: left || !shipment.net.equals(shipment.amount) ? termsOf(t, 'shipment', shipment) : [],
    facts: shipmentFacts(t, shipment, found.recorder),
    lines: linesOf(t, found.lines, '/receipts'),
    linesTitle: t('ledger:page.paidBy'),
    linesNone: t(shipment.counterOfId === null ? 'ledger:page.paidByNone' : 'ledger:page.counterNone'),
    acts:
      records && left ? [{ href: `/shipments/${shipment.number}/counter`, word: t('ledger:act.counterShipment') }] : [],
    whyNots: records && !left ? [whyNotCounter(t, shipment)] : [],
  }
}

/** /receipts/:number */
export function receiptPage(actor: Actor, receipt: ReceiptOf, found: Found) {
  const t = translate[actor.language]
  const left = !receipt.net.isZero() && receipt.counterOfId === null
  const records = creditPolicy.record(actor, receipt)
  const at = `/receipts/${receipt.number}`
  const reserved = receipt.release !== null && isOpen(receipt.release.state)
  const fixed = receipt.release !== null && !['held', 'cancelled'].includes(receipt.release.state)
  return {
    ...headOf(t, actor, receipt, '/receipts'),
    at: 'receipts',
    title: t('credit:receipt', { number: receipt.number }),
    tags: [
      ...(reserved ? [{ tone: 'wait', word: t('ledger:tag.reserved', { release: receipt.release!.number }) }] : []),
      ...(receipt.byHand ? [{ tone: 'go', word: t('ledger:tag.byHand') }] : []),
      ...tagsOf(t, receipt),
    ],
    terms: left || !receipt.net.equals(receipt.amount) ? termsOf(t, 'receipt', receipt) : [],
    facts: receiptFacts(t, receipt, found.recorder),
    lines: linesOf(t, found.lines, '/shipments'),
    linesTitle: t('ledger:page.pays'),
    linesNone: t(receipt.counterOfId === null ? 'ledger:page.paysNone' : 'ledger:page.counterNone'),
    acts:
      records && left
        ? [
            ...(reserved ? [] : [{ href: `${at}/allocation`, word: t('ledger:act.allocate') }]),
            ...(fixed ? [] : [{ href: `${at}/purpose`, word: t('ledger:act.purpose') }]),
            { href: `${at}/counter`, word: t('ledger:act.counterReceipt') },
          ]
        : [],
    whyNots: [
      ...(records && !left ? [whyNotCounter(t, receipt)] : []),
      ...(records && left && reserved ? [whyNotAllocate(t, receipt)] : []),
      ...(records && left && fixed ? [whyNotPurpose(t, receipt)] : []),
    ],
  }
}

const headOf = (t: Translate, actor: Actor, { number, customer }: Document, list: string) => ({
  number,
  list: { href: list, word: t(`ledger:${list === '/shipments' ? 'shipments' : 'receipts'}.title`) },
  customer: { name: customer.name, grade: customer.grade, href: `/credit/customers/${customer.number}` },
})

const tagsOf = (t: Translate, { late, counterOf, counters }: Document) => [
  ...(counterOf ? [{ tone: 'warn', word: t('ledger:tag.counterOf', { of: counterOf.number }) }] : []),
  ...(counters.length > 0 ? [{ tone: 'warn', word: t('ledger:tag.countered') }] : []),
  ...(late ? [{ tone: 'wait', word: t('credit:late') }] : []),
]

/** Amount − countered − paid = still owed; of a receipt, still free. */
function termsOf(t: Translate, kind: 'shipment' | 'receipt', { amount, net, open }: Document) {
  const term = (name: 'amount' | 'countered' | 'used' | 'left') => ({
    word: t(`ledger:term.${kind}.${name}`),
    meaning: t(`ledger:meaning.${kind}.${name}`),
  })
  return [
    { ...term('amount'), figure: yuan(t, amount.toFixed(2)) },
    { ...term('countered'), figure: yuan(t, amount.minus(net).toFixed(2)), op: '−' },
    { ...term('used'), figure: yuan(t, net.minus(open).toFixed(2)), op: '−' },
    { ...term('left'), figure: yuan(t, open.toFixed(2)), op: '=' },
  ]
}

const linesOf = (t: Translate, lines: Allocated[], list: string) =>
  lines.map(({ number, on, amount, way }) => ({
    number,
    on,
    amount: moneyText(amount),
    href: `${list}/${number}`,
    way: t(`ledger:way.${way}`),
  }))

const crd16 = { id: 'CRD-16' }
const whyNotCounter = (t: Translate, { counterOfId }: Document) => ({
  act: t('ledger:cannot.counter'),
  reason: t(counterOfId === null ? 'ledger:cannot.allCountered' : 'ledger:cannot.counterOfCounter'),
  rule: crd16,
})
const whyNotAllocate = (t: Translate, { release }: ReceiptOf) => ({
  act: t('ledger:cannot.allocate'),
  reason: t('ledger:cannot.reserved', { release: release!.number }),
  rule: { id: 'CRD-09' },
})
const whyNotPurpose = (t: Translate, { release }: ReceiptOf) => ({
  act: t('ledger:cannot.purpose'),
  reason: t(release!.state === 'shipped' ? 'ledger:cannot.usedFor' : 'ledger:cannot.releasedFor', {
    release: release!.number,
  }),
  rule: { id: 'CRD-09' },
})
