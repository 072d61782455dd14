import { dateText } from '../lib/dates.ts'
import type { Period, Span } from './rules.ts'

/** The last day that it holds on; in a span of nothing, the first. */
export function periodOf({ startsAt, endsAt }: Span): Period {
  const last = Math.max(startsAt.getTime(), endsAt.getTime() - 1)
  return { fromOn: dateText(startsAt), untilOn: dateText(new Date(last)) }
}
