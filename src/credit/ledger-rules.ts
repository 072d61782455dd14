import type { Refusal } from '../lib/refused.ts'

type Dated = { on: string; today: string; closed: boolean; field: string }

/** CRD-20: no document of a day to come, none into a closed month. `on` and `today` as 2026-11-23. */
export function dayProblems({ on, today, closed, field }: Dated): Refusal[] {
  if (on > today) return [{ rule: 'CRD-20', reason: 'credit:refused.future', field, params: { today } }]
  if (closed)
    return [{ rule: 'CRD-20', reason: 'credit:refused.closedMonth', field, params: { month: on.slice(0, 7) } }]
  return []
}

/** CRD-13: goods shipped from the day of the first release on need one of their own. */
export function unreleasedProblems(on: string, openedOn: string | null, field: string): Refusal[] {
  if (openedOn === null || on < openedOn) return []
  return [{ rule: 'CRD-13', reason: 'credit:refused.noRelease', field, params: { openedOn } }]
}
