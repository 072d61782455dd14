import type { Actor } from '../access/actor.ts'
import { calendarAt } from '../calendar/queries.ts'
import { placeText } from '../archive/places.ts'
import { download, form, page, seeOther } from '../web/route.ts'
import { approvedFor } from './applications.ts'
import { asksFor, confirmAtCounter, confirmLoan } from './confirming.ts'
import { lendPage, returnPage } from './desk-pages.ts'
import {
  counterForm,
  emptyForm,
  exportQuery,
  itemQuery,
  lendForm,
  registerQuery,
  returnForm,
  type Counter,
  type ItemQuery,
  type Lend,
  type RegisterExport,
  type RegisterQuery,
  type Return,
} from './forms.ts'
import { lendItem, scanned } from './lending.ts'
import { confirmationPage, loanPage } from './loan-pages.ts'
import { loanPolicy } from './policy.ts'
import { historyOf, loanFor, openLoanOf, type LoanRow } from './queries.ts'
import { registerPage } from './register-pages.ts'
import { exportRegister } from './register-file.ts'
import { printRegister } from './register-paper.ts'
import { registerFor, urgentOf } from './register.ts'
import { takeBack, type Returned } from './returning.ts'
import { printSlip } from './slip.ts'
import { urgeReturn } from './urging.ts'

/** The lending desk, the register, and what happens to one loan. */
export const deskRoutes = [
  form<Lend, undefined, ItemQuery>('/loans/desk', {
    allow: loanPolicy.desk,
    query: itemQuery as never,
    view: 'loans/desk',
    show: async ({ actor, query, now }) => {
      const found = await atDesk(actor, query)
      const approved = found.item && !found.loan ? await approvedFor(actor, found.item.id, now) : []
      return lendPage(actor, found, approved, now)
    },
    fields: lendForm as never,
    submit: async ({ actor, input, now }) => {
      const number = await lendItem(actor, input, now)
      return seeOther(`/loans/${number}/counter`, 'loans:notice.lent', { number })
    },
  }),
  form<Return, undefined, ItemQuery>('/loans/desk/return', {
    allow: loanPolicy.desk,
    query: itemQuery as never,
    view: 'loans/return',
    show: async ({ actor, query, now }) => returnPage(actor, await atDesk(actor, query), now),
    fields: returnForm as never,
    submit: async ({ actor, input, now }) => backAt(await takeBack(actor, input, now)),
  }),
  page<undefined, RegisterQuery>('/loans/register', {
    allow: loanPolicy.register,
    query: registerQuery as never,
    view: 'loans/register',
    show: async ({ actor, query, now }) => {
      const plain = Object.values(query).every((value) => !value)
      const [list, urgent, calendar] = await Promise.all([
        registerFor(actor, query, now),
        plain ? urgentOf(actor, now) : null,
        calendarAt(now),
      ])
      return registerPage(actor, query, { list, urgent }, now, calendar)
    },
  }),
  download<undefined, RegisterQuery>('/loans/register.pdf', {
    allow: loanPolicy.register,
    query: registerQuery as never,
    send: ({ actor, query, now }) => printRegister(actor, query, now),
  }),
  download<undefined, RegisterExport>('/loans/register/file', {
    allow: loanPolicy.register,
    stepUp: '/loans/register',
    query: exportQuery as never,
    send: ({ actor, query, now }) => exportRegister(actor, query, now),
  }),
  page<LoanRow>('/loans/:number', {
    load: loanFor,
    allow: loanPolicy.view,
    view: 'loans/show',
    show: async ({ actor, record, now }) =>
      loanPage(actor, record, await historyOf(actor, record), now, await calendarAt(now)),
  }),
  form<object, LoanRow>('/loans/:number/confirmation', {
    load: loanFor,
    allow: loanPolicy.own,
    view: 'loans/confirmation',
    show: ({ actor, record, now }) => confirmationPage(actor, record, now),
    fields: emptyForm,
    submit: async ({ actor, record, now }) => {
      await confirmLoan(actor, record, now)
      return seeOther(`/loans/${record.number}`, 'loans:notice.confirmed')
    },
  }),
  form<Counter, LoanRow>('/loans/:number/counter', {
    load: loanFor,
    allow: loanPolicy.run,
    view: 'loans/counter',
    show: async ({ actor, record, now }) => confirmationPage(actor, record, now, await asksFor(actor, record, now)),
    fields: counterForm,
    submit: async ({ actor, record, input, now }) => {
      await confirmAtCounter(actor, record, input, now)
      return seeOther('/loans/desk', 'loans:notice.confirmed')
    },
  }),
  form<object, LoanRow>('/loans/:number/urge', {
    load: loanFor,
    allow: loanPolicy.run,
    fields: emptyForm,
    submit: async ({ actor, record, now }) => {
      const n = await urgeReturn(actor, record, now)
      return seeOther(`/loans/${record.number}`, 'loans:notice.urged', { n })
    },
  }),
  download<LoanRow>('/loans/:number/slip.pdf', {
    load: loanFor,
    allow: loanPolicy.view,
    send: ({ actor, record, now }) => printSlip(actor, record, now),
  }),
]

async function atDesk(actor: Actor, { item: typed }: ItemQuery) {
  const item = await scanned(actor, typed)
  return { typed, item, loan: item ? await openLoanOf(actor, item.id) : null }
}

/** The desk is ready for the next one, and says where this one goes. */
function backAt({ item, incident }: Returned) {
  const place = placeText(item.place) || { word: 'loans:desk.noPlace' as const }
  return incident
    ? seeOther('/loans/desk/return', 'loans:notice.differed', { incident, place })
    : seeOther('/loans/desk/return', 'loans:notice.returned', { place })
}
