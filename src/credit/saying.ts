import type { Translate } from '../i18n.ts'
import { moneyText, yuanText } from '../lib/money.ts'

/** −1,000.00 with the sign that is as wide as a digit. */
export const signed = (amount: string): string => moneyText(amount).replace('-', '−')
export const money = (fen: number): string => signed(yuanText(fen))

/** −¥80,165.00: the sign before the money, on one line with it. */
export function yuan(t: Translate, amount: string): string {
  const said = t('credit:yuan', { amount: moneyText(amount.replace('-', '')) })
  return amount.startsWith('-') ? `−\u2060${said}` : said
}
export const fenYuan = (t: Translate, fen: number): string => yuan(t, yuanText(fen))
