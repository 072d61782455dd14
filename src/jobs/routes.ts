import { calendarAt } from '../calendar/queries.ts'
import { form, page, seeOther } from '../web/route.ts'
import { rerun, runNow } from './commands.ts'
import { emptyForm, runsQuery, type RunsQuery } from './forms.ts'
import { jobPage } from './job-pages.ts'
import { jobsPage } from './pages.ts'
import { mayRun, mayView } from './policy.ts'
import { givenUpFor, jobFor, scheduledJobFor } from './queries.ts'
import type { JobName } from './schedule.ts'

export const jobRoutes = [
  page('/jobs', {
    allow: mayView,
    view: 'jobs/index',
    show: async ({ actor, now }) => jobsPage(actor, now, await calendarAt(now)),
  }),
  page<JobName, RunsQuery>('/jobs/:job', {
    load: jobFor,
    allow: mayView,
    query: runsQuery as never,
    view: 'jobs/show',
    show: async ({ actor, record, query, now }) => jobPage(actor, record, query, now, await calendarAt(now)),
  }),
  form('/jobs/:job/run', {
    load: scheduledJobFor,
    allow: mayRun,
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await runNow(actor, record)
      return seeOther('/jobs', 'jobs:notice.asked')
    },
  }),
  form('/jobs/:job/failed/:id', {
    load: givenUpFor,
    allow: mayRun,
    fields: emptyForm,
    submit: async ({ actor, record }) => {
      await rerun(actor, record.job, record.id)
      return seeOther('/jobs', 'jobs:notice.asked')
    },
  }),
]
