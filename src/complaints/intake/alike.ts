import { dateText, dayStart } from '../../lib/dates.ts'
import { fold } from '../../lib/text.ts'

/** CMP-05: complaints received since this moment are recent: from the beginning of the day so many days ago. */
export const recentSince = (now: Date, days: number): Date => dayStart(dateText(now), -days)

const mostGrams = 120
// They stand in every complaint and tell nothing of the matter.
const common = new Set(['客户', '投诉', '没有', '我们', '你们', '要求', '今天', '昨天', '问题', '公司', '至今', '一直'])

/** The pieces of two characters by which matters are compared. */
export function matterGrams(text: string): string[] {
  const letters = Array.from(fold(text))
  const grams = letters.slice(1).map((letter, at) => letters[at]! + letter)
  return [...new Set(grams)].filter((gram) => !common.has(gram)).slice(0, mostGrams)
}

/** CMP-05: how many pieces two matters have in common; 0 where that is too few to be the same. */
export function likeness(typed: readonly string[], title: string): number {
  const own = matterGrams(title)
  const shared = own.filter((gram) => typed.includes(gram)).length
  return shared >= 2 && (shared >= 4 || shared * 2 >= own.length) ? shared : 0
}
