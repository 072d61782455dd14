import type { VisitState } from '../../../prisma/client/enums.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'

const yearMs = 366 * 86_400_000

/** VIS-03: what was agreed was agreed before now; browsers send whole minutes. */
export function appointmentProblems(confirmedAt: Date, now: Date): Refusal[] {
  const field = 'confirmedAt'
  if (confirmedAt.getTime() > now.getTime() + 60_000) {
    const params = { at: dateTimeText(confirmedAt) }
    return [{ rule: 'VIS-03', reason: 'visitDay:refused.appointmentLate', field, params }]
  }
  if (confirmedAt.getTime() < now.getTime() - yearMs)
    return [{ rule: 'VIS-03', reason: 'visitDay:refused.appointmentEarly', field }]
  return []
}

/** VIS-03: what is arranged is agreed with the customer; before and after there is nothing to agree. */
export const agreeingProblems = ({ state }: { state: VisitState }): Refusal[] =>
  state === 'approved' ? [] : [{ rule: 'VIS-03', reason: 'visits:refused.state' }]
