import type { Actor } from '../../access/actor.ts'
import { within } from '../../access/policy.ts'
import type { FigureName } from './rules.ts'

type Conditions = Record<string, string>
const address = (path: string, conditions: Conditions) =>
  `${path}?${new URLSearchParams(Object.entries(conditions).filter(([, value]) => value !== ''))}`

/** What each figure counts, as the conditions of its list; what is asked is no list. */
const ofVisits: Partial<Record<FigureName, Conditions>> = {
  planned: { standing: 'planned' },
  made: { standing: 'made' },
  madePlanned: { standing: 'madePlanned' },
  madeUnplanned: { standing: 'madeUnplanned' },
  notMade: { standing: 'notMade' },
  cancelledUnplanned: { standing: 'cancelledUnplanned' },
  ahead: { standing: 'ahead' },
  replaced: { standing: 'replaced' },
  rescheduled: { standing: 'rescheduled' },
  inTime: { report: 'inTime' },
  late: { report: 'late' },
  missing: { report: 'missing' },
  open: { report: 'open' },
  reached: { standing: 'made', reached: 'reached' },
  partly: { standing: 'made', reached: 'partly' },
  notReached: { standing: 'made', reached: 'not_reached' },
  gifts: { gift: 'yes' },
  spent: { costs: 'spent' },
}
const ofPromises: Partial<Record<FigureName, string>> = {
  kept: 'kept',
  keptLate: 'kept_late',
  overdue: 'overdue',
  toKeep: 'all',
}

/** Who sees more visits than the assessment counts, of own customers say, is led to those that are counted. */
const reachOf = (actor: Actor): Conditions => ('OR' in within(actor, 'assessments.view') ? { reach: 'counted' } : {})

/** Where a figure opens its list, so that the list counts what the figure says: of a person, a department, or all. */
export function addressOf(
  actor: Actor,
  month: string,
  name: FigureName,
  of: { owner?: string; unit?: string },
): string | null {
  const common = { month, owner: of.owner ?? '', unit: of.unit ?? '', ...reachOf(actor) }
  const state = ofPromises[name]
  if (state) return address('/promises', { tab: 'scope', state, ...common })
  const conditions = ofVisits[name]
  return conditions ? address('/visits', { ...conditions, ...common }) : null
}
