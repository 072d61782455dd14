import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { moneyText, yuanText } from '../../lib/money.ts'
import { money } from '../saying.ts'
import { releasesOf, type Held } from './form-pages.ts'
import { mostLines, stampOf, type OpenLine, type ReceiptOf } from './queries.ts'

/** /receipts/:number/allocation */
export function allocationPage(actor: Actor, receipt: ReceiptOf, lines: OpenLine[]) {
  const t = translate[actor.language]
  return {
    number: receipt.number,
    home: `/receipts/${receipt.number}`,
    title: t('ledger:allocation.title', { number: receipt.number }),
    customer: { name: receipt.customer.name, grade: receipt.customer.grade },
    net: moneyText(receipt.net.toFixed(2)),
    free: moneyText(receipt.open.toFixed(2)),
    way: 'hand',
    ways: (['hand', 'oldest'] as const).map((value) => ({ value, word: t(`ledger:allocation.${value}`) })),
    seen: stampOf(receipt, lines),
    cut: lines.length === mostLines ? t('ledger:allocation.cut', { n: mostLines }) : '',
    lines: lines.map((line) => ({
      number: line.number,
      href: `/shipments/${line.number}`,
      on: line.on,
      goods: line.goods ?? '',
      net: money(line.net),
      most: money(line.open + line.mine),
      fixed: line.fixed ? money(line.mine) : null,
      field: `pay-${line.number}`,
      value: line.mine === 0 ? '' : yuanText(line.mine),
    })),
  }
}

/** /receipts/:number/purpose */
export function purposePage(actor: Actor, receipt: ReceiptOf, lines: OpenLine[], releases: Held[]) {
  const t = translate[actor.language]
  const paid = lines.filter(({ mine }) => mine > 0)
  return {
    number: receipt.number,
    home: `/receipts/${receipt.number}`,
    title: t('ledger:purpose.title', { number: receipt.number }),
    customer: receipt.customer.name,
    amount: moneyText(receipt.net.toFixed(2)),
    used:
      paid.length > 0 ? t('ledger:purpose.used', { list: paid.map(({ number }) => number).join(t('web:comma')) }) : '',
    releases: releasesOf(t, releases),
    release: receipt.release?.number ?? '',
    seen: stampOf(receipt, lines),
  }
}
