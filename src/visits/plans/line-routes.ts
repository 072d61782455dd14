import { type Plan, planFor } from '../queries.ts'
import { form, seeOther } from '../../web/route.ts'
import { correctLine } from './correcting.ts'
import { copyForm, type CopyInput, lineQuery, type LineQuery, type Removal, removalForm } from './forms.ts'
import { lineForm, type LineInput } from './line-forms.ts'
import { copyPage, linePage } from './line-pages.ts'
import { addLine, copyLine, removeLine } from './lines.ts'
import { planPolicy } from './policy.ts'
import { lineFor, type PlanWithLine } from './queries.ts'
import { lineNotice } from './saying.ts'
const addressOf = ({ number }: Pick<Plan, 'number'>) => `/visits/plans/${number}`

/** The lines of a plan: added, changed, copied, taken out. */
export const lineRoutes = [
  form<LineInput, Plan, LineQuery>('/visits/plans/:number/visits/new', {
    load: planFor,
    allow: planPolicy.own,
    query: lineQuery as never,
    view: 'visits/plans/line',
    show: ({ actor, record, query, now, typed }) => linePage(actor, record, null, query, now, typed),
    fields: lineForm as never,
    submit: async ({ actor, record, input, now }) => {
      const line = await addLine(actor, record, input, now)
      const next = new URLSearchParams({ day: input.day, purposes: input.purposes.join() })
      return seeOther(`${addressOf(record)}?${next}#add`, 'visitPlans:notice.added', lineNotice(actor, line))
    },
  }),
  form<LineInput, PlanWithLine>('/visits/plans/:number/visits/:visit', {
    load: lineFor,
    allow: planPolicy.own,
    view: 'visits/plans/line',
    show: ({ actor, record, now, typed }) => linePage(actor, record, record.line, {}, now, typed),
    fields: lineForm as never,
    submit: async ({ actor, record, input, now }) => {
      const line = await correctLine(actor, record, record.line.number, input, now)
      return seeOther(`${addressOf(record)}#${line.number}`, 'visitPlans:notice.saved', lineNotice(actor, line))
    },
  }),
  form<CopyInput, PlanWithLine>('/visits/plans/:number/visits/:visit/copy', {
    load: lineFor,
    allow: planPolicy.own,
    view: 'visits/plans/copy',
    show: ({ actor, record, now }) => copyPage(actor, record, now),
    fields: copyForm,
    submit: async ({ actor, record, input, now }) => {
      const line = await copyLine(actor, record, record.line.number, input, now)
      return seeOther(addressOf(record), 'visitPlans:notice.copied', lineNotice(actor, line))
    },
  }),
  form<Removal, PlanWithLine>('/visits/plans/:number/visits/:visit/removal', {
    load: lineFor,
    allow: planPolicy.own,
    fields: removalForm,
    submit: async ({ actor, record, input }) => {
      const line = await removeLine(actor, record, record.line.number, input.version)
      return seeOther(addressOf(record), 'visitPlans:notice.removed', lineNotice(actor, line))
    },
  }),
]
