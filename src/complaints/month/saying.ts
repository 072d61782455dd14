import type { Translate } from '../../i18n.ts'
import { moneyText } from '../../lib/money.ts'
import type { Both } from './figures.ts'

/** A span as people say it: 38 分, 5 小时 20 分, 3 天 4 小时; two units at most. */
export function spanWords(t: Translate, seconds: number | null): string {
  if (seconds === null) return ''
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return t('complaintMonth:span.minute', { n: minutes })
  if (minutes < 48 * 60) return two(t, 'hour', Math.floor(minutes / 60), 'minute', minutes % 60)
  const hours = Math.round(minutes / 60)
  return two(t, 'day', Math.floor(hours / 24), 'hour', hours % 24)
}

type Unit = 'day' | 'hour' | 'minute'
const two = (t: Translate, big: Unit, n: number, small: Unit, rest: number) =>
  [t(`complaintMonth:span.${big}`, { n }), ...(rest > 0 ? [t(`complaintMonth:span.${small}`, { n: rest })] : [])].join(
    ' ',
  )

/** One place: 33.3%; nothing of nothing has no share. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)}%`

/** +3, −2, and nothing where nothing changed. */
export function changeOf({ now, before }: Both<number>): string {
  const change = now - before
  return change === 0 ? '' : change > 0 ? `+${change}` : `−${-change}`
}

/** 8340 → 8,340.00 */
export const yuanWords = (yuan: number): string => moneyText(yuan.toFixed(2))
