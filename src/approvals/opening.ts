import type { Actor } from '../access/actor.ts'
import { calendarAt } from '../calendar/queries.ts'
import type { InboxQuery } from './forms.ts'
import { inboxCounts, inboxFor } from './inbox.ts'
import { inboxPage, nextOf } from './inbox-page.ts'
import { requestFor } from './reading.ts'
import { requestModel } from './request-page.ts'
import { shownFor } from './shown.ts'
import { titlesFor } from './titles.ts'

type Asked = { actor: Actor; query: InboxQuery; now: Date }

/** The inbox with a request opened: the one asked for, or the first. Read anew, as somebody may have been faster. */
export async function inboxShown({ actor, query, now }: Asked, number: string | null) {
  const [counts, found, calendar] = await Promise.all([
    inboxCounts(actor, now),
    inboxFor(actor, query, now),
    calendarAt(now),
  ])
  const request = number === null ? (found.rows[0] ?? null) : await requestFor(actor, number, now)
  const next = request && nextOf(found.rows, request.number)
  const [titles, shown] = await Promise.all([
    titlesFor(actor, found.rows, now),
    request && shownFor(actor, request, now),
  ])
  const open = shown && requestModel(actor, shown, { query, next }, now, calendar)
  const inbox = { counts, page: found, titles }
  return inboxPage(actor, inbox, query, { open, chosen: number !== null }, now, calendar)
}
