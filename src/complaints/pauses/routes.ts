import { db } from '../../db.ts'
import { endText } from '../../deadlines/tag.ts'
import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { pause, resume, resumingProblems } from './commands.ts'
import { pauseForm, resumptionForm, type Pause, type Resumption } from './forms.ts'
import { pausePage, resumptionPage } from './pages.ts'
import { clocksOf, pausesOf, standingOf } from './queries.ts'

export const pauseRoutes = [
  form<Pause, Complaint>('/complaints/:number/pause', {
    load: complaintFor,
    allow: complaintPolicy.handle,
    view: 'complaints/pauses/pause',
    show: async ({ actor, record, now }) => {
      const [standing, clocks] = await Promise.all([standingOf(db, record, now), clocksOf(record)])
      return pausePage(actor, record, standing, clocks, now)
    },
    fields: pauseForm as never,
    submit: async ({ actor, record, input, now }) => {
      const until = await pause(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'pauses:notice.paused', { until: endText(until) })
    },
  }),
  form<Resumption, Complaint>('/complaints/:number/resumption', {
    load: complaintFor,
    allow: complaintPolicy.handle,
    guard: ({ record }) => resumingProblems(record),
    view: 'complaints/pauses/resumption',
    show: async ({ actor, record }) => resumptionPage(actor, record, await pausesOf(record.id)),
    fields: resumptionForm,
    submit: async ({ actor, record, input, now }) => {
      await resume(actor, record.id, input.version, now)
      return seeOther(`/complaints/${record.number}`, 'pauses:notice.resumed')
    },
  }),
]
