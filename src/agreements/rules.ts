import { AgreementParty } from '../../prisma/client/enums.ts'
import { dayOf, dayText } from '../lib/days.ts'
import { businessNumber } from '../lib/numbers.ts'
import type { Refusal } from '../lib/refused.ts'

export const parties = Object.values(AgreementParty) as [AgreementParty, ...AgreementParty[]]

/** XY2026000001 */
export const agreementNumber = (year: number, n: number): string => businessNumber('XY', year, n)

/** As the trail names it. */
export const subjectOf = ({ number }: { number: string }): string => `agreement:${number}`

/** So many days before its last one it ends soon, and is told of. */
export const soonDays = 30

export const standings = ['in_force', 'soon', 'planned', 'over', 'ended'] as const
export type Standing = (typeof standings)[number]
type Period = { fromOn: Date; untilOn: Date | null; endedAt: Date | null }

/** PRV-14: how an agreement stands on that day, its first and its last day included. */
export function standingOf({ fromOn, untilOn, endedAt }: Period, today: string): Standing {
  if (endedAt !== null) return 'ended'
  if (dayText(fromOn) > today) return 'planned'
  if (untilOn === null) return 'in_force'
  if (dayText(untilOn) < today) return 'over'
  return dayText(untilOn) <= soonOn(today) ? 'soon' : 'in_force'
}

export const stands = (period: Period, today: string): boolean =>
  ['in_force', 'soon'].includes(standingOf(period, today))

/** What ends by that day ends soon. */
export const soonOn = (today: string): string => dayText(new Date(dayOf(today).getTime() + soonDays * 86_400_000))

export type Terms = { signedOn: string; fromOn: string; untilOn: string | null }

/** Nothing is in force before it was signed, and what is written down was signed. */
export function termProblems({ signedOn, fromOn, untilOn }: Terms, today: string): Refusal[] {
  const problem = (reason: Refusal['reason'], field: string): Refusal => ({ rule: 'PRV-14', reason, field })
  return [
    ...(signedOn > today ? [problem('agreements:refused.notSigned', 'signedOn')] : []),
    ...(fromOn < signedOn ? [problem('agreements:refused.beforeSigned', 'fromOn')] : []),
    ...(untilOn !== null && untilOn < fromOn ? [problem('agreements:refused.order', 'untilOn')] : []),
  ]
}
