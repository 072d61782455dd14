import type { Actor } from '../access/actor.ts'
import { permit } from '../access/policy.ts'
import { NotFound } from '../lib/refused.ts'
import { form, page, seeOther } from '../web/route.ts'
import { addDays, correctDays, enterYear, removeDays } from './commands.ts'
import {
  arrangementForm,
  calendarQuery,
  daysForm,
  daysQuery,
  runForm,
  type ArrangementInput,
  type CalendarQuery,
  type DaysInput,
  type DaysQuery,
  type RunInput,
} from './forms.ts'
import { addPage, runPage, yearPage } from './edit-pages.ts'
import { calendarPage } from './pages.ts'
import { runFor, type OpenedRun } from './queries.ts'

const manage = permit('calendar.manage')

export const calendarRoutes = [
  page<undefined, CalendarQuery>('/calendar', {
    allow: permit('calendar.view'),
    query: calendarQuery as never,
    view: 'calendar/index',
    show: ({ actor, query, now }) => calendarPage(actor, query, now),
  }),
  form<DaysInput, undefined, DaysQuery>('/calendar/days', {
    allow: manage,
    query: daysQuery as never,
    view: 'calendar/add',
    show: ({ actor, query, now }) => addPage(actor, query, now),
    fields: daysForm as never,
    submit: async ({ actor, input, now }) => {
      const n = await addDays(actor, input, now)
      return seeOther(yearOf(input.from), 'calendar:notice.added', { n })
    },
  }),
  form<RunInput, OpenedRun>('/calendar/days/:day/:origin', {
    load: (_actor, day, origin) => runFor(day ?? '', origin ?? ''),
    allow: manage,
    view: 'calendar/correct',
    show: ({ actor, record, now }) => runPage(actor, record.run, now),
    fields: runForm as never,
    submit: async ({ actor, record, input, now }) => {
      const { act, ...run } = input
      if (act === 'remove') await removeDays(actor, record, run, now)
      else await correctDays(actor, record, run, now)
      return seeOther(yearOf(run.from), act === 'remove' ? 'calendar:notice.removed' : 'calendar:notice.corrected')
    },
  }),
  form<ArrangementInput, number>('/calendar/years/:year', {
    load: yearNamed,
    allow: manage,
    view: 'calendar/year',
    show: ({ actor, record }) => yearPage(actor, record),
    fields: arrangementForm,
    submit: async ({ actor, record: year, input, now }) => {
      const n = await enterYear(actor, year, input, now)
      return seeOther(yearOf(`${year}`), 'calendar:notice.entered', { year, n })
    },
  }),
]

async function yearNamed(_actor: Actor, year?: string): Promise<number> {
  if (!/^20\d\d$/.test(year ?? '')) throw new NotFound()
  return Number(year)
}

const yearOf = (day: string) => `/calendar?year=${day.slice(0, 4)}`
