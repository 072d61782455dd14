import { calendarAt } from '../../calendar/queries.ts'
import { form, page, seeOther } from '../../web/route.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { finishMeasure, judgeEffect, judgingProblems, namePeople, verifyMeasure } from './doing.ts'
import {
  correctionForm,
  doneForm,
  effectForm,
  listQuery,
  peopleForm,
  proposalForm,
  verificationForm,
  type Correction,
  type Done,
  type Effect,
  type ListQuery,
  type People,
  type Proposal,
  type Verification,
} from './forms.ts'
import { measuresFor } from './list.ts'
import { listPage } from './list-pages.ts'
import { peoplePage, proposalPage, reportPage } from './form-pages.ts'
import { measurePage } from './pages.ts'
import { peopleToChoose } from './people.ts'
import { measurePolicy } from './policy.ts'
import { correctMeasure, proposeMeasure } from './proposing.ts'
import { clocksOf, historyOf, measureFor, measurePath, waitingFor, type Measure } from './queries.ts'
import { proposalProblems } from './rules.ts'
import { measureStates } from './states.ts'

export const measureRoutes = [
  page<undefined, ListQuery>('/measures', {
    allow: measurePolicy.list,
    query: listQuery as never,
    view: 'complaints/measures/index',
    show: async ({ actor, query, now }) =>
      listPage(actor, query, await measuresFor(actor, query), now, await calendarAt(now)),
  }),
  form<Proposal, Complaint>('/complaints/:number/measures/new', {
    load: complaintFor,
    allow: measurePolicy.propose,
    guard: ({ record }) => proposalProblems(record),
    view: 'complaints/measures/new',
    show: async ({ actor, record, now }) =>
      proposalPage(actor, { complaint: record, measure: null, people: await peopleToChoose() }, now),
    fields: proposalForm as never,
    draft: true,
    submit: async ({ actor, record, input, now }) => {
      const number = await proposeMeasure(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'measures:notice.proposed', { number })
    },
  }),
  page<Measure>('/measures/:number', {
    load: measureFor,
    allow: measurePolicy.view,
    view: 'complaints/measures/show',
    show: async ({ actor, record, now }) => {
      const [clocks, history, calendar, waiting] = await Promise.all([
        clocksOf([record]),
        historyOf(record),
        calendarAt(now),
        waitingFor(record),
      ])
      const found = { clocks: [...clocks.values()].flat(), history, calendar, waiting: waiting?.number ?? null }
      return measurePage(actor, record, found, now)
    },
  }),
  form<Correction, Measure>('/measures/:number/correction', {
    load: measureFor,
    allow: measurePolicy.correct,
    guard: ({ record }) => measureStates.problems(record.state, 'correct'),
    view: 'complaints/measures/new',
    show: async ({ actor, record, now }) =>
      proposalPage(actor, { complaint: record.complaint, measure: record, people: await peopleToChoose() }, now),
    fields: correctionForm as never,
    submit: async ({ actor, record, input, now }) => {
      await correctMeasure(actor, record.id, input, now)
      return seeOther(measurePath(record), 'measures:notice.corrected')
    },
  }),
  form<People, Measure>('/measures/:number/people', {
    load: measureFor,
    allow: measurePolicy.people,
    view: 'complaints/measures/people',
    show: async ({ record }) => peoplePage(record, await peopleToChoose()),
    fields: peopleForm as never,
    submit: async ({ actor, record, input, now }) => {
      await namePeople(actor, record.id, input, now)
      // Who names the checker of what waits is about to sign it.
      const waiting = await waitingFor(record)
      return seeOther(waiting ? `/approvals/${waiting.number}` : measurePath(record), 'measures:notice.people')
    },
  }),
  form<Done, Measure>('/measures/:number/done', {
    load: measureFor,
    allow: measurePolicy.finish,
    guard: ({ record }) => measureStates.problems(record.state, 'finish'),
    view: 'complaints/measures/done',
    show: ({ record }) => reportPage(record),
    fields: doneForm as never,
    submit: async ({ actor, record, input, now }) => {
      await finishMeasure(actor, record.id, input, now)
      return seeOther(measurePath(record), 'measures:notice.done')
    },
  }),
  form<Verification, Measure>('/measures/:number/verification', {
    load: measureFor,
    allow: measurePolicy.check,
    guard: ({ record }) => measureStates.problems(record.state, 'verify'),
    view: 'complaints/measures/verification',
    show: ({ record }) => reportPage(record),
    fields: verificationForm as never,
    submit: async ({ actor, record, input, now }) => {
      await verifyMeasure(actor, record.id, input, now)
      const notice = input.verdict === 'verify' ? 'measures:notice.verified' : 'measures:notice.sentBack'
      return seeOther(measurePath(record), notice)
    },
  }),
  form<Effect, Measure>('/measures/:number/effect', {
    load: measureFor,
    allow: measurePolicy.check,
    guard: ({ record, now }) => judgingProblems(record, now),
    view: 'complaints/measures/effect',
    show: ({ record }) => reportPage(record),
    fields: effectForm as never,
    submit: async ({ actor, record, input, now }) => {
      await judgeEffect(actor, record.id, input, now)
      return seeOther(measurePath(record), 'measures:notice.effect')
    },
  }),
]
