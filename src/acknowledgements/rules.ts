import type { Refusal } from '../lib/refused.ts'

/** 三不准 (art. 26): each is read and ticked by itself. */
export const points = ['contacts', 'places', 'channels'] as const
export type Point = (typeof points)[number]
export type Ticks = Readonly<Record<Point, boolean>>

/** So long before its end a person is told, and may acknowledge anew. */
export const soonDays = 30
const day = 86_400_000

export type Standing = 'none' | 'lapsed' | 'soon' | 'valid'

/** ARC-19: how somebody stands whose last acknowledgement is good until then. */
export function standingOf(untilAt: Date | null, now: Date): Standing {
  if (untilAt === null) return 'none'
  if (untilAt <= now) return 'lapsed'
  return untilAt.getTime() - now.getTime() <= soonDays * day ? 'soon' : 'valid'
}

/** From when on its end is near. */
export const soonAt = (now: Date): Date => new Date(now.getTime() + soonDays * day)

/** One who ticks two of the three has not acknowledged. */
export function tickProblems(ticks: Ticks): Refusal[] {
  return points
    .filter((point) => !ticks[point])
    .map((field) => ({ rule: 'ARC-19', reason: 'acknowledgements:refused.notTicked', field }))
}
