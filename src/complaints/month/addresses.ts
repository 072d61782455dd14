import type { Actor } from '../../access/actor.ts'
import { within } from '../../access/policy.ts'
import { dateText } from '../../lib/dates.ts'
import type { Occasion } from './occasion-forms.ts'
import { monthBounds } from './rules.ts'

/** The first and the last day of a month. */
export function daysOf(month: string): { first: string; last: string } {
  const { from, until } = monthBounds(month)
  return { first: dateText(from), last: dateText(new Date(until.getTime() - 1)) }
}

type Conditions = Record<string, string>
const address = (conditions: Conditions, path = '/complaints') =>
  `${path}?${new URLSearchParams(Object.entries(conditions).filter(([, value]) => value !== ''))}`

/** Who sees more complaints than his statistics count, of his own customers say, is led to those that are counted. */
const reachOf = (actor: Actor): Conditions =>
  'OR' in within(actor, 'complaints.statistics') ? { reach: 'counted' } : {}

/** Where each figure opens its list, so that the list counts what the figure says. */
export function addressesOf({ month, department }: { month: string; department: string }, actor: Actor) {
  const { first, last } = daysOf(month)
  const here = { department, ...reachOf(actor) }
  const received = { from: first, to: last, ...here }
  const closed = { state: 'closed', closedFrom: first, closedTo: last, ...here }
  const valid = { state: 'valid', ...here }
  return {
    month: (of = month) => address({ month: of, department }, '/complaints/month'),
    received: (more: Conditions = {}) => address({ state: 'valid', ...received, ...more }),
    open: () => address(received),
    closed: (more: Conditions = {}) => address({ ...closed, ...more }),
    /** A case of the month in which a clock was missed, whenever that was. */
    missed: (clock: string) => address({ state: 'valid', ...received, breached: clock }),
    overdue: (more: Conditions = {}) =>
      address({ ...valid, breached: 'counted', breachedFrom: first, breachedTo: last, ...more }),
    escalated: () => address({ ...valid, escalated: 'yes', escalatedFrom: first, escalatedTo: last }),
    reopened: () => address({ ...valid, reopened: 'yes', reopenedFrom: first, reopenedTo: last }),
    paused: () => address({ ...valid, paused: 'ever', pausedFrom: first, pausedTo: last }),
    /** Times, not cases. */
    occasions: (what: Occasion, more: Conditions = {}) =>
      address({ what, month, department, ...more }, '/complaints/month/occasions'),
  }
}
