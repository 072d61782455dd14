import type { Shipment } from '../../prisma/client/client.ts'
import type { CreditCustomer, Release } from '../credit/queries.ts'
import { holds as ruleOf, type Figure, type Hold } from '../credit/reckoning.ts'
import { translate, type Language } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import { dayText } from '../lib/days.ts'
import { yuanText } from '../lib/money.ts'
import type { TakenReceipt } from './commands.ts'

type Money = { toFixed: (places: number) => string }
const yuan = (money: Money) => money.toFixed(2)
const momentOf = (at: Date | null) => at?.toISOString() ?? null

export const shipmentOf = (shipment: Shipment, customer: { number: string }, release: string | null) => ({
  number: shipment.number,
  document: shipment.document,
  customer: customer.number,
  release,
  amount: yuan(shipment.amount),
  shippedOn: dayText(shipment.shippedOn),
  open: yuan(shipment.open),
  recordedAt: momentOf(shipment.recordedAt),
})

export const receiptOf = ({ document: receipt, customer, released }: TakenReceipt) => ({
  number: receipt.number,
  document: receipt.document,
  customer: customer.number,
  amount: yuan(receipt.amount),
  receivedOn: dayText(receipt.receivedOn),
  way: receipt.way,
  open: yuan(receipt.open),
  released: released.map(({ number }) => number),
  recordedAt: momentOf(receipt.recordedAt),
})

/** `figures`: whether the reader may know of the customer's credit; the warehouse does not (CRD-13). */
export const releaseOf = (language: Language, release: Release, figures: boolean) => ({
  number: release.number,
  document: release.document,
  customer: release.customer.number,
  amount: yuan(release.amount),
  goods: release.goods,
  state: release.state,
  holds: holdsOf(language, release),
  short: figures ? yuan(release.short) : null,
  shippedAmount: release.shippedAmount && yuan(release.shippedAmount),
  requestedAt: momentOf(release.requestedAt),
  releasedAt: momentOf(release.releasedAt),
  shippedAt: momentOf(release.shippedAt),
})

/** Why it is held, each by its rule, and what to do. */
export function holdsOf(language: Language, { holds, state }: Release) {
  const t = translate[language]
  return holds
    .filter((hold): hold is Hold => state === 'held' && hold in ruleOf)
    .map((hold) => ({
      rule: ruleOf[hold],
      hold,
      message: `${t(`credit:hold.${hold}`)}${t('api:stop')}${t(`releases:stops.${hold}`)}`,
    }))
}

export const heldOf = (language: Language, release: Release, figures: boolean) => ({
  errors: holdsOf(language, release).map(({ rule, message }) => ({ rule, field: 'release', message })),
  release: releaseOf(language, release, figures),
})

export const creditOf = ({ number }: CreditCustomer, figure: Figure, now: Date) => ({
  customer: number,
  on: dateText(now),
  eligible: figure.eligible,
  method: figure.method,
  limit: yuanText(figure.limit),
  exposure: yuanText(figure.exposure),
  available: yuanText(figure.available),
  overdue: yuanText(figure.overdue),
  overdueDays: figure.overdueDays,
  conditions: {
    closed: figure.closed,
    confirmed: figure.confirmed,
    identity: figure.identity,
    contract: figure.contract,
    lastYear: yuanText(figure.lastYear),
  },
  lines: {
    shippedInWindow: yuanText(figure.shippedInWindow),
    fixed: yuanText(figure.fixed),
    owed: yuanText(figure.owed),
    released: yuanText(figure.released),
    unallocated: yuanText(figure.unallocated),
    reserved: yuanText(figure.reserved),
  },
})
