import { form, seeOther } from '../../web/route.ts'
import { complaintPolicy } from '../policy.ts'
import { complaintFor, type Complaint } from '../queries.ts'
import { openProblems, recordMeeting, recordReport, recordTold } from './commands.ts'
import { reportProblems } from './rules.ts'
import {
  meetingForm,
  reportForm,
  toldForm,
  toldQuery,
  type MeetingInput,
  type ReportInput,
  type ToldInput,
  type ToldQuery,
} from './forms.ts'
import { meetingPage, reportPage, toldPage } from './form-pages.ts'

export const crisisRoutes = [
  form<MeetingInput, Complaint>('/complaints/:number/meetings/new', {
    load: complaintFor,
    allow: complaintPolicy.crisis,
    guard: ({ record }) => openProblems(record),
    view: 'complaints/crises/meeting',
    show: ({ actor, record, now }) => meetingPage(actor, record, now),
    fields: meetingForm as never,
    submit: async ({ actor, record, input, now }) => {
      await recordMeeting(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'remedies:notice.met')
    },
  }),
  form<ToldInput, Complaint, ToldQuery>('/complaints/:number/told/new', {
    load: complaintFor,
    allow: complaintPolicy.crisis,
    guard: ({ record }) => openProblems(record),
    query: toldQuery as never,
    view: 'complaints/crises/told',
    show: ({ actor, record, query, now }) => toldPage(actor, record, query.unit, now),
    fields: toldForm as never,
    submit: async ({ actor, record, input, now }) => {
      await recordTold(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'remedies:notice.told')
    },
  }),
  form<ReportInput, Complaint>('/complaints/:number/told/report', {
    load: complaintFor,
    allow: complaintPolicy.contact,
    guard: ({ record }) => [...openProblems(record), ...reportProblems(record)],
    view: 'complaints/crises/report',
    show: ({ actor, record, now }) => reportPage(actor, record, now),
    fields: reportForm as never,
    submit: async ({ actor, record, input, now }) => {
      await recordReport(actor, record.id, input, now)
      return seeOther(`/complaints/${record.number}`, 'remedies:notice.reported')
    },
  }),
]
