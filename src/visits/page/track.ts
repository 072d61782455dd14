import type { Translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import type { Visit } from '../queries.ts'

const steps = ['planned', 'confirmed', 'visited', 'reported', 'reviewed'] as const
type Step = (typeof steps)[number]
type Tracked = Pick<Visit, 'state' | 'recordedAt' | 'confirmedAt' | 'arrivedAt' | 'reportedAt'>

/** The steps of a visit with when; of a visit that is not made, only what was. */
export function trackOf(
  t: Translate,
  visit: Tracked,
  reviewedAt: Date | null,
): { word: string; when: string; at?: 'now' | 'done' }[] {
  const at: Record<Step, Date | null> = {
    planned: visit.recordedAt,
    confirmed: visit.confirmedAt,
    visited: visit.arrivedAt,
    reported: visit.reportedAt,
    reviewed: reviewedAt,
  }
  const now = visit.state === 'cancelled' || visit.state === 'refused' ? null : nextOf(visit, reviewedAt)
  return steps.map((step) => ({
    word: t(`visitDay:step.${step}`),
    when: at[step] ? dateTimeText(at[step]).slice(5) : '',
    ...(step === now ? { at: 'now' as const } : at[step] ? { at: 'done' as const } : {}),
  }))
}

/** An appointment can be left out; the others cannot. */
function nextOf({ state, confirmedAt }: Tracked, reviewedAt: Date | null): Step | null {
  if (state === 'reported') return reviewedAt ? null : 'reviewed'
  if (state === 'done') return 'reported'
  if (state === 'approved') return confirmedAt ? 'visited' : 'confirmed'
  return 'planned'
}
