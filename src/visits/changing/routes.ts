import { dateTimeText } from '../../lib/dates.ts'
import { dayText } from '../../lib/days.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { form, seeOther, type SeeOther } from '../../web/route.ts'
import { visitPolicy } from '../policy.ts'
import { visitFor, type Visit } from '../queries.ts'
import { arrive, leaveVisit, undoArrival } from './arriving.ts'
import { cancelVisit, reschedule } from './commands.ts'
import {
  arrivalForm,
  cancellationForm,
  leavingForm,
  replacementForm,
  reschedulingForm,
  undoForm,
  undoQuery,
  type Arrival,
  type Cancellation,
  type Leaving,
  type Replacement,
  type Rescheduling,
  type UndoQuery,
} from './forms.ts'
import { cancellationPage, replacementPage, reschedulingPage } from './pages.ts'
import { costsOf } from './queries.ts'
import { replaceVisit } from './replacing.ts'
import { movingProblems, timingOf } from './rules.ts'
import { visitStates } from '../states.ts'

const at = ({ number }: { number: string }) => `/visits/${number}`
const daySheet = ({ onDay }: Visit) => `/visits/day?on=${dayText(onDay)}`
/** Where the press was made, there one stays. */
const backTo = (visit: Visit, from: Arrival['from']) => (from === 'day' ? daySheet(visit) : at(visit))

export const changingRoutes = [
  form<Rescheduling, Visit>('/visits/:number/rescheduling', {
    load: visitFor,
    allow: visitPolicy.own,
    guard: ({ record, now }) => movingProblems(record, now),
    view: 'visits/changing/reschedule',
    show: ({ record, now }) => reschedulingPage(record, now),
    fields: reschedulingForm as never,
    submit: async ({ actor, record, input, now }) => {
      await reschedule(actor, record, input, now)
      const to = dateTimeText(timingOf(input.day, input.time).startsAt).slice(0, input.time ? 16 : 10)
      return seeOther(at(record), 'visitDay:notice.rescheduled', { at: to })
    },
  }),
  form<Replacement, Visit>('/visits/:number/replacement', {
    load: visitFor,
    allow: visitPolicy.own,
    guard: ({ record, now }) => movingProblems(record, now),
    view: 'visits/changing/replace',
    show: async ({ actor, record, now }) => replacementPage(actor, record, await costsOf(record), now),
    fields: replacementForm as never,
    submit: async ({ actor, record, input, now }) => {
      const { number, party, asked } = await replaceVisit(actor, record, input, now)
      const notice = asked ? 'visitDay:notice.replacedAsked' : 'visitDay:notice.replaced'
      return seeOther(`/visits/${number}`, notice, { party })
    },
  }),
  form<Cancellation, Visit>('/visits/:number/cancellation', {
    load: visitFor,
    allow: visitPolicy.own,
    guard: ({ record }) => visitStates.problems(record.state, 'cancel'),
    view: 'visits/changing/cancel',
    show: ({ record }) => cancellationPage(record),
    fields: cancellationForm as never,
    submit: async ({ actor, record, input, now }) => {
      await cancelVisit(actor, record, input, now)
      return seeOther(at(record), 'visitDay:notice.cancelled', { party: record.party })
    },
  }),
  form<Arrival, Visit>('/visits/:number/arrival', {
    load: visitFor,
    allow: visitPolicy.own,
    fields: arrivalForm as never,
    submit: async ({ actor, record, input, now }): Promise<SeeOther> => {
      await arrive(actor, record, input.when, now)
      const seconds = (await regulationAt(now)).value('customers.undo_seconds')
      const notice = input.when === 'planned' ? 'visitDay:notice.wasThere' : 'visitDay:notice.arrived'
      const undo = { action: `${at(record)}/arrival/undo?from=${input.from}`, seconds }
      return { ...seeOther(backTo(record, input.from), notice, { party: record.party }), undo }
    },
  }),
  form<object, Visit, UndoQuery>('/visits/:number/arrival/undo', {
    load: visitFor,
    allow: visitPolicy.own,
    query: undoQuery as never,
    fields: undoForm,
    submit: async ({ actor, record, query, now }) => {
      await undoArrival(actor, record, now)
      return seeOther(backTo(record, query.from), 'visitDay:notice.undone')
    },
  }),
  form<Leaving, Visit>('/visits/:number/leaving', {
    load: visitFor,
    allow: visitPolicy.own,
    fields: leavingForm as never,
    submit: async ({ actor, record, input, now }) => {
      await leaveVisit(actor, record, now)
      return seeOther(backTo(record, input.from), 'visitDay:notice.left')
    },
  }),
]
