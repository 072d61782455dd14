import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import type { Translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import type { PromiseRow } from './queries.ts'
import type { Standing } from './rules.ts'

/** A promise in a list: its own, the customer's and the visit's. */
export function rowOf(t: Translate, row: PromiseRow, now: Date, calendar: Calendar) {
  const { number, taskSeen, what, owner, dueOn, promisedTo, promisedOn, endedAt, result, state } = row
  return {
    number,
    href: taskSeen ? `/tasks/${number}` : null,
    what,
    standing: standingTag(t, row.standing),
    tag: state === 'open' && row.clock ? deadlineTag(t, row.clock, now, calendar) : null,
    owner,
    dueOn,
    promised: promisedTo ? t('promises:to', { person: promisedTo, date: promisedOn }) : promisedOn,
    customer: customerOf(t, row),
    source: sourceOf(row),
    ended: endedAt ? dateText(endedAt) : '',
    result: result ?? '',
    open: state === 'open',
  }
}

const tones: Record<Standing, string> = { open: 'go', overdue: 'bad', kept: 'ok', kept_late: 'warn', withdrawn: 'wait' }

export const standingTag = (t: Translate, standing: Standing) => ({
  tone: tones[standing],
  word: t(`promises:standing.${standing}`),
})

/** PRV-02: that it was promised to some customer may be known; to which one, only by who sees that customer. */
function customerOf(t: Translate, { customer, about }: PromiseRow) {
  if (customer) return { name: customer.name, href: `/customers/${customer.number}` }
  return about ? { name: t('tasks:unseen'), href: null } : null
}

export function sourceOf({ visit, record }: PromiseRow) {
  if (visit) return { word: visit, href: `/visits/${visit}` }
  return record ? { word: record, href: `/contact-records/${record}` } : null
}
