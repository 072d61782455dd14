import type { SpendingKind } from '../../../prisma/client/enums.ts'
import type { Translate } from '../../i18n.ts'
import { dateText, dateTimeText } from '../../lib/dates.ts'
import { moneyText } from '../../lib/money.ts'
import type { Limit, Weighed } from '../spending.ts'

export const yuan = (amount: string): string => moneyText(amount)
const plain = (amount: number): string => yuan(amount.toFixed(2))

/** 礼品 茶叶 2 × ¥260.00 = ¥520.00 */
export function costText(t: Translate, { kind, what, quantity, price, total }: Weighed): string {
  const words = { kind: t(`visits:spending.${kind}`), what, total: yuan(total) }
  if (quantity === 1) return t('visitDecisions:cost.one', words)
  return t('visitDecisions:cost.many', { ...words, n: quantity, price: yuan(price) })
}

/** 限额每件 ¥200.00 */
export const limitText = (t: Translate, kind: SpendingKind, limit: Limit): string =>
  t(`visitDecisions:limit.${kind}`, { amount: plain(limit(kind)) })

export const limitsText = (t: Translate, limit: Limit): string =>
  t('visitDecisions:card.limitsText', {
    travel: plain(limit('travel')),
    gift: plain(limit('gift')),
    entertainment: plain(limit('entertainment')),
  })

/** The three limits as they stand beside the form. */
export const limitLines = (t: Translate, limit: Limit): string[] =>
  (['travel', 'gift', 'entertainment'] as const).map((kind) =>
    t(`visitDecisions:costsPage.limitText.${kind}`, { amount: plain(limit(kind)) }),
  )

/** 12-03 14:30; with its hour open the day alone. */
export const whenText = (t: Translate, { startsAt, timed }: { startsAt: Date; timed: boolean }): string =>
  timed ? dateTimeText(startsAt) : t('visitDecisions:card.untimed', { day: dateText(startsAt) })
