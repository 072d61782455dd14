import type { ReceiptWay } from '../../../prisma/client/enums.ts'
import type { Finding } from '../../customers/intake/cells.ts'
import { isDay } from '../../calendar/week.ts'
import { dayWritten } from '../../lib/days.ts'
import { fenOf, yuanOf } from '../../lib/money.ts'
import { cleanText } from '../../lib/text.ts'
import type { LedgerField, LedgerMapping, LedgerSubject } from './columns.ts'

/** One row of such a file as it reads. `amount` in yuan, `day` as 2026-11-23. */
export type LedgerRow = {
  customer: string
  customerName: string
  document: string
  amount: string
  day: string
  goods: string | null
  invoice: string | null
  release: string | null
  payer: string | null
  way: ReceiptWay
}

const most = { document: 60, goods: 200, invoice: 60, release: 20, payer: 100 } as const

const ways: [ReceiptWay, RegExp][] = [
  ['draft', /承兑|汇票|draft/iu],
  ['cash', /现金|现款|cash/iu],
  ['card', /刷卡|pos|银行卡|card/iu],
  ['transfer', /转账|电汇|汇款|网银|银行|transfer|wire/iu],
]

/** CRD-18: what a row says, and what of it cannot be taken; every finding at its column. */
export function readLedgerRow(cells: string[], columns: LedgerMapping, subject: LedgerSubject) {
  const problems: Finding[] = []
  const columnOf = (field: LedgerField) => columns.indexOf(field)
  const take = (field: LedgerField): string => {
    const at = columnOf(field)
    return at === -1 ? '' : cleanText((cells[at] ?? '').replace(/^="(.*)"$/su, '$1').replace(/^'/u, ''))
  }
  const refuse = (field: LedgerField, reason: Finding['reason'], params?: Finding['params']) => {
    const at = columnOf(field)
    problems.push({ rule: 'CRD-18', reason, column: at === -1 ? null : at, ...(params ? { params } : {}) })
  }
  const long = (field: keyof typeof most): string | null => {
    const text = take(field)
    if (text.length > most[field]) refuse(field, 'ledgerImports:finding.long', { most: most[field] })
    return text === '' ? null : text
  }
  const row: LedgerRow = {
    customer: take('customer'),
    customerName: take('customerName'),
    document: long('document') ?? '',
    amount: amountOf(take('amount'), (reason) => refuse('amount', reason)),
    day: dayOf(take('day'), (reason) => refuse('day', reason)),
    goods: long('goods'),
    invoice: long('invoice'),
    release: long('release'),
    payer: long('payer'),
    way: ways.find(([, word]) => word.test(take('way')))?.[0] ?? (take('way') === '' ? 'transfer' : 'other'),
  }
  if (row.customer === '' && row.customerName === '')
    refuse(columns.includes('customer') ? 'customer' : 'customerName', 'ledgerImports:finding.noCustomer')
  if (row.document === '') refuse('document', 'ledgerImports:finding.noDocument')
  return { row: subject === 'shipments' ? { ...row, payer: null } : { ...row, goods: null, invoice: null }, problems }
}

function amountOf(text: string, refuse: (reason: Finding['reason']) => void): string {
  if (text === '') refuse('ledgerImports:finding.noAmount')
  else if (/^[-−(（]/u.test(text)) refuse('ledgerImports:finding.negative')
  else {
    const yuan = yuanOf(text)
    if (yuan !== null && fenOf(yuan) > 0) return yuan
    refuse('ledgerImports:finding.amount')
  }
  return ''
}

function dayOf(text: string, refuse: (reason: Finding['reason']) => void): string {
  const day = dayWritten(text)
  if (day !== null && isDay(day)) return day
  refuse(text === '' ? 'ledgerImports:finding.noDay' : 'ledgerImports:finding.day')
  return ''
}
