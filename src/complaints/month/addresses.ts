import { dateText } from '../../lib/dates.ts'
import { monthBounds } from './rules.ts'

/** The first and the last day of a month. */
export function daysOf(month: string): { first: string; last: string } {
  const { from, until } = monthBounds(month)
  return { first: dateText(from), last: dateText(new Date(until.getTime() - 1)) }
}

type Conditions = Record<string, string>
const address = (conditions: Conditions) =>
  `/complaints?${new URLSearchParams(Object.entries(conditions).filter(([, value]) => value !== ''))}`

/** Where each figure opens its list, so that the list counts what the figure says. */
export function addressesOf({ month, department }: { month: string; department: string }) {
  const { first, last } = daysOf(month)
  const received = { from: first, to: last, department }
  const closed = { state: 'closed', closedFrom: first, closedTo: last, department }
  return {
    received: (more: Conditions = {}) => address({ state: 'valid', ...received, ...more }),
    open: () => address(received),
    closed: (more: Conditions = {}) => address({ ...closed, ...more }),
    /** A case of the month in which a clock was missed, whenever that was. */
    missed: (clock: string) => address({ state: 'valid', ...received, breached: clock }),
    overdue: (more: Conditions = {}) =>
      address({ state: 'valid', department, breached: 'counted', breachedFrom: first, breachedTo: last, ...more }),
    escalated: () => address({ state: 'valid', department, escalated: 'yes', escalatedFrom: first, escalatedTo: last }),
    reopened: () => address({ state: 'valid', department, reopened: 'yes', reopenedFrom: first, reopenedTo: last }),
    paused: () => address({ state: 'valid', department, paused: 'ever', pausedFrom: first, pausedTo: last }),
  }
}
