import { calendarAt } from '../calendar/queries.ts'
import { form, seeOther } from '../web/route.ts'
import { onePage, supplementPage } from './form-pages.ts'
import { followForm, settleForm, supplementForm, type SupplementInput } from './forms.ts'
import { transferPolicy } from './policy.ts'
import { supplementFor, transferFor, type OneSupplement, type Transfer } from './queries.ts'
import { askSupplements, letFollow, settleSupplement } from './supplements.ts'

/** ARC-03: what B asks of A. */
export const supplementRoutes = [
  form<SupplementInput, Transfer>('/transfers/:number/supplements/new', {
    load: transferFor,
    allow: transferPolicy.checker,
    view: 'transfers/supplement',
    show: async ({ actor, record, now }) => supplementPage(actor, record, now, await calendarAt(now)),
    fields: supplementForm as never,
    submit: async ({ actor, record, input, now }) => {
      const n = await askSupplements(actor, record.id, input, now)
      return seeOther(`/transfers/${record.number}`, 'transfers:notice.supplement', { n })
    },
  }),
  form<{ note: string }, OneSupplement>('/transfers/:number/supplements/:n/settlement', {
    load: supplementFor,
    allow: transferPolicy.checker,
    view: 'transfers/settlement',
    show: ({ record }) => onePage(record),
    fields: settleForm,
    submit: async ({ actor, record, input, now }) => {
      await settleSupplement(actor, record, input.note, now)
      return seeOther(`/transfers/${record.number}`, 'transfers:notice.settled')
    },
  }),
  form<{ reason: string }, OneSupplement>('/transfers/:number/supplements/:n/following', {
    load: supplementFor,
    allow: transferPolicy.checker,
    view: 'transfers/following',
    show: ({ record }) => onePage(record),
    fields: followForm,
    submit: async ({ actor, record, input }) => {
      await letFollow(actor, record, input.reason)
      return seeOther(`/transfers/${record.number}`, 'transfers:notice.follows')
    },
  }),
]
