/** As people write yuan: 8600, 8,600.00, ８６００, ￥8,600 or 8600 元; a comma only where thousands end, a point only before cents. */
const written = /^¥?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)\s*元?$/

/** In yuan with two decimals: 8600.00; null where it cannot be read without doubt, or is a billion and more. */
export function yuanOf(text: string): string | null {
  const found = written.exec(text.normalize('NFKC').trim())?.[1]
  if (found === undefined) return null
  const [yuan = '', cents = ''] = found.replaceAll(',', '').split('.')
  const whole = yuan.replace(/^0+(?=\d)/, '')
  return whole.length > 9 ? null : `${whole}.${cents.padEnd(2, '0')}`
}

/** In fen, so that sums and bounds are exact. Of what yuanOf made, or the database. */
export const fenOf = (yuan: string): number => Math.round(Number(yuan) * 100)

/** 834000 → 8340.00; -50 → -0.50 */
export function yuanText(fen: number): string {
  const size = Math.abs(fen)
  return `${fen < 0 ? '-' : ''}${Math.trunc(size / 100)}.${String(size % 100).padStart(2, '0')}`
}

/** 8340.00 → 8,340.00 */
export const moneyText = (yuan: string): string => yuan.replace(/\B(?=(?:\d{3})+\.)/g, ',')
