import type { Refusal } from '../../lib/refused.ts'
import { suggesterOf } from '../../sheets/titles.ts'

/** What a column of a file of shipments or receipts can hold. */
export const ledgerFields = [
  'customer',
  'customerName',
  'document',
  'amount',
  'day',
  'goods',
  'invoice',
  'release',
  'payer',
  'way',
] as const
export type LedgerField = (typeof ledgerFields)[number]

export const ledgerSubjects = ['shipments', 'receipts'] as const
export type LedgerSubject = (typeof ledgerSubjects)[number]

/** The fields of each, in the order of a form. */
export const fieldsOf = {
  shipments: ['customer', 'customerName', 'document', 'amount', 'day', 'release', 'goods', 'invoice'],
  receipts: ['customer', 'customerName', 'document', 'amount', 'day', 'way', 'payer', 'release'],
} as const satisfies Record<LedgerSubject, readonly LedgerField[]>

export type LedgerMapping = (LedgerField | null)[]

const titles: Record<LedgerField, string> = {
  customer: '客户编号 客户编码 客户代码 客户号 客户代号 往来单位编码 customernumber customercode',
  customerName: '客户名称 客户 往来单位 往来单位名称 单位名称 购货单位 客户全称 公司名称 customer customername',
  document:
    '单据号 单据编号 单号 凭证号 出库单号 销售单号 发货单号 收款单号 回款单号 流水号 交易流水号 document documentnumber',
  amount: '金额 价税合计 含税金额 开票金额 发货金额 销售金额 收款金额 回款金额 到账金额 金额元 合计金额 amount total',
  day: '日期 发货日期 开票日期 出库日期 单据日期 收款日期 回款日期 到账日期 入账日期 交易日期 发货日 收款日 date',
  goods: '货物 货物名称 商品 商品名称 品名 摘要 存货名称 goods',
  invoice: '发票号 发票号码 发票编号 invoice invoicenumber',
  release: '放行单 放行单号 放行号 放行单编号 release releasenumber',
  payer: '付款人 付款单位 付款户名 对方户名 汇款人 payer',
  way: '收款方式 付款方式 结算方式 支付方式 回款方式 way method',
}

const words: [LedgerField, RegExp][] = [
  ['customer', /客户(?:编号|编码|代码)$/u],
  ['customerName', /(?:客户|单位)(?:名称|全称)$/u],
  ['document', /(?:单|凭证|流水)号码?$/u],
  ['amount', /金额$/u],
  ['day', /日期?$/u],
]

const suggest = suggesterOf({ titles, words })

/** CUS-15: what each column of such a file seems to hold; a field of the other kind of file holds nothing here. */
export function suggestLedger(subject: LedgerSubject, header: readonly string[]): LedgerMapping {
  const own: readonly LedgerField[] = fieldsOf[subject]
  return suggest(header).map((field) => (field && own.includes(field) ? field : null))
}

export const looksLikeLedger = (cells: string[]): boolean =>
  suggest(cells).filter((field) => field !== null).length >= 3

/** CRD-18: whose, which document, how much and when; and one column for each. */
export function ledgerProblems(mapping: LedgerMapping): Refusal[] {
  const missing = (['document', 'amount', 'day'] as const).filter((field) => !mapping.includes(field))
  const nobody = !mapping.includes('customer') && !mapping.includes('customerName')
  const twice = ledgerFields.filter((field) => mapping.filter((other) => other === field).length > 1)
  return [
    ...(nobody ? [{ rule: 'CRD-18', reason: 'ledgerImports:refused.noCustomer' } as const] : []),
    ...missing.map((field) => ({ rule: 'CRD-18', reason: `ledgerImports:refused.no_${field}` }) as const),
    ...twice.map((field) => ({ rule: 'CRD-18', reason: 'ledgerImports:refused.twice', field }) as const),
  ]
}
