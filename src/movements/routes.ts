import type { Actor } from '../access/actor.ts'
import { db } from '../db.ts'
import { dateText } from '../lib/dates.ts'
import { designatedOn } from '../designations/queries.ts'
import { NotFound, Refused } from '../lib/refused.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { recordMovement, takeBack } from './commands.ts'
import {
  backForm,
  listQuery,
  movementForm,
  newQuery,
  type Back,
  type ListQuery,
  type NewMovement,
  type NewQuery,
} from './forms.ts'
import { backPage, listPage, movementPage, newPage } from './pages.ts'
import { movementPolicy } from './policy.ts'
import { movedFor, movementFor, movementsFor, standingOf, type MovementRecord } from './queries.ts'
import { isImportant } from '../archive/levels.ts'
import { printSlip } from './slip.ts'

export const movementRoutes = [
  page<undefined, ListQuery>('/movements', {
    allow: movementPolicy.list,
    query: listQuery as never,
    view: 'movements/index',
    show: async ({ actor, query, now }) => listPage(actor, query, await movementsFor(actor, query.tab), now),
  }),
  form<NewMovement, undefined, NewQuery>('/movements/new', {
    allow: movementPolicy.record,
    query: newQuery,
    view: 'movements/new',
    show: async ({ actor, query, now }) =>
      newPage(actor, await designatedOn(now), await askedIn(actor, query, now), now),
    fields: movementForm,
    submit: async ({ actor, input, now }) => {
      const number = await recordMovement(actor, input, now).catch(sayUnknown)
      return seeOther(`/movements/${number}`, 'movements:notice.recorded', { number })
    },
  }),
  page<MovementRecord>('/movements/:number', {
    load: movementFor,
    allow: movementPolicy.view,
    view: 'movements/show',
    show: ({ actor, record, now }) => movementPage(actor, record, now),
  }),
  download<MovementRecord>('/movements/:number/slip.pdf', {
    load: movementFor,
    allow: movementPolicy.view,
    send: ({ actor, record, now }) => printSlip(actor, record, now),
  }),
  form<Back, MovementRecord>('/movements/:number/back', {
    load: movementFor,
    allow: movementPolicy.takeBack,
    view: 'movements/back',
    show: ({ actor, record }) => backPage(actor, record),
    fields: backForm,
    submit: async ({ actor, record, input, now }) => {
      const incident = await takeBack(actor, record, input, now)
      const { number } = record
      return incident
        ? seeOther(`/movements/${number}`, 'movements:notice.differs', { number, incident })
        : seeOther(`/movements/${number}`, 'movements:notice.back', { number })
    },
  }),
]

/** A number that stands for nothing is a slip of the hand: the form comes back with it. */
function sayUnknown(error: unknown): never {
  if (error instanceof NotFound)
    throw new Refused([{ rule: 'ARC-14', reason: 'movements:refused.unknown', field: 'what' }], { cause: error })
  throw error
}

/** What the address names, and what can be said about it at once. */
async function askedIn(actor: Actor, { item, copy }: NewQuery, now: Date) {
  const what = copy ?? item ?? ''
  const nothing = { what, from: '', dueOn: dateText(now), needsLoan: null }
  if (what === '') return nothing
  const moved = await movedFor(actor, what).catch(() => null)
  if (!moved) return nothing
  const standing = await standingOf(db, moved.item.id, moved.copyId)
  const original = standing.copy === null && isImportant(standing)
  return {
    what,
    from: original ? (moved.item.loan?.borrower ?? '') : '',
    dueOn: [standing.copy?.dueOn ?? standing.loan?.dueOn ?? '', nothing.dueOn].sort().at(-1)!,
    needsLoan: original && standing.loan === null ? moved.item.number : null,
  }
}
