import type { CreditMethod } from '../../../prisma/client/enums.ts'
import { numberOf, textOf } from '../../calendar/week.ts'

/** CRD-17: days past the day it was due; `current` is not yet due. */
export const buckets = ['current', 'd30', 'd60', 'd90', 'more'] as const
export type Bucket = (typeof buckets)[number]
/** What opens a list of documents. */
export const figures = [...buckets, 'overdue', 'owed'] as const

const lasts = { current: 0, d30: 30, d60: 60, d90: 90 } as const

export const bucketOf = (past: number): Bucket =>
  (['current', 'd30', 'd60', 'd90'] as const).find((name) => past <= lasts[name]) ?? 'more'

const dayAgo = (today: string, days: number) => textOf(numberOf(today) - days)

/** The days on which what stands in a bucket today was due, both included; '' is open. */
export function dueDays(bucket: Bucket, today: string): { dueFrom: string; dueTo: string } {
  if (bucket === 'current') return { dueFrom: today, dueTo: '' }
  const first = { d30: 1, d60: 31, d90: 61, more: 91 }[bucket]
  return { dueFrom: bucket === 'more' ? '' : dayAgo(today, lasts[bucket]), dueTo: dayAgo(today, first) }
}

/** What happened to an account on a day, in fen: goods shipped, and by how much its exposure grew. */
export type Event = { day: string; shipped: number; grown: number }
export type Standing = { eligible: boolean; method: CreditMethod; fixed: number; limit: number; exposure: number }

/** How far back anybody looks. */
export const farthest = 365

/**
 * CRD-17: for how many days in a row, today included, an account is over its limit: its exposure taken back day by day, and
 * the limit as it was reckoned on each of them. Eligibility and method are today's. 0: not over.
 */
export function daysOver(account: Standing, events: readonly Event[], today: string, window: number): number {
  if (account.exposure <= account.limit) return 0
  const byAgo = new Map(events.map((event) => [numberOf(today) - numberOf(event.day), event]))
  let exposure = account.exposure
  for (let ago = 1; ago <= farthest; ago++) {
    exposure -= byAgo.get(ago - 1)?.grown ?? 0
    if (exposure <= limitThen(account, byAgo, ago, window)) return ago
  }
  return farthest + 1
}

function limitThen({ eligible, method, fixed }: Standing, byAgo: Map<number, Event>, ago: number, window: number) {
  if (!eligible || method === 'cash_only') return 0
  if (method === 'fixed') return fixed
  let shipped = 0
  for (let n = ago + 1; n <= ago + window; n++) shipped += byAgo.get(n)?.shipped ?? 0
  return shipped
}
