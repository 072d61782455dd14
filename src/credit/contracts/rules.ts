import type { Refusal } from '../../lib/refused.ts'

/** Days as 2026-11-23. */
type Dates = { signedOn: string; startsOn: string; endsOn: string }

/** CRD-01: signed by now, and within dates that follow each other. */
export function contractProblems({ signedOn, startsOn, endsOn }: Dates, today: string): Refusal[] {
  const problems: Refusal[] = []
  if (signedOn > today)
    problems.push({ rule: 'CRD-01', reason: 'contracts:refused.notSigned', field: 'signedOn', params: { today } })
  if (endsOn < startsOn)
    problems.push({ rule: 'CRD-01', reason: 'contracts:refused.endsFirst', field: 'endsOn', params: { startsOn } })
  return problems
}

export type Standing = 'coming' | 'inForce' | 'ended' | 'over'

/** Whether it holds on a day; `ended`: before its time. */
export function standingOf(
  { startsOn, endsOn, endedOn }: { startsOn: string; endsOn: string; endedOn: string },
  today: string,
): Standing {
  if (endedOn !== '' && endedOn <= today) return 'ended'
  if (endsOn < today) return 'over'
  return startsOn > today ? 'coming' : 'inForce'
}

type Ending = { startsOn: string; endsOn: string; endedOn: string; lastShipped: string }

/** CRD-01: within its dates, once, and after the last goods that it carried. */
export function endingProblems({ startsOn, endsOn, endedOn, lastShipped }: Ending, on: string): Refusal[] {
  if (endedOn !== '') return [{ rule: 'CRD-01', reason: 'contracts:refused.ended', params: { endedOn } }]
  if (on < startsOn || on > endsOn)
    return [{ rule: 'CRD-01', reason: 'contracts:refused.outside', field: 'endedOn', params: { startsOn, endsOn } }]
  if (on <= lastShipped)
    return [{ rule: 'CRD-01', reason: 'contracts:refused.carried', field: 'endedOn', params: { lastShipped } }]
  return []
}
