import { monthBounds } from '../../lib/months.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import type { Weights } from './rules.ts'

/** Of a month past the regulation at its end, of this month today's. */
export const lastMoment = (month: string, now: Date): Date => {
  const last = new Date(monthBounds(month).until.getTime() - 1)
  return last < now ? last : now
}

export async function weightsAt(month: string, now: Date): Promise<Weights> {
  const { value } = await regulationAt(lastMoment(month, now))
  return {
    done: value('visits.weight_done'),
    reports: value('visits.weight_reports'),
    promises: value('visits.weight_promises'),
    reached: value('visits.weight_reached'),
  }
}
