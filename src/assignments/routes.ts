import { permit, permitAt } from '../access/policy.ts'
import { customerNames, pickedCustomers } from '../customers/list/picked.ts'
import { pickedQuery, type Picked } from '../customers/list/picks.ts'
import { customerFor, placesToChoose, type Customer } from '../customers/queries.ts'
import { form, page, seeOther } from '../web/route.ts'
import { askedFor, type AskedMany } from './asked.ts'
import { assignCustomer, assignCustomers } from './commands.ts'
import { assignmentForm, bulkForm, undoForm, type Assignment, type BulkAssignment } from './forms.ts'
import { askedPage, assignedNotice, batchPage, manyPage, onePage } from './pages.ts'
import { batchFor, possibleOwners, secondsToUndo, type Batch } from './queries.ts'
import { undoAssignment, undoAssignments } from './undo.ts'

export const assignmentRoutes = [
  form<BulkAssignment, undefined, Picked>('/customers/assignment', {
    allow: permit('customers.assign'),
    query: pickedQuery as never,
    view: 'assignments/many',
    show: async ({ actor, query }) =>
      manyPage(actor, await pickedCustomers(actor, query), await possibleOwners(), await placesToChoose()),
    fields: bulkForm as never,
    submit: async ({ actor, input, now }) => {
      const batch = await assignCustomers(actor, input, now)
      const { outcomes } = await batchFor(actor, batch)
      const n = outcomes.filter(({ reason, asked }) => !reason && !asked).length
      const to = `/customers/assignment/${batch}`
      const notice = assignedNotice(
        n,
        outcomes.flatMap(({ asked }) => asked ?? []),
      )
      const undo = n > 0 ? { undo: { action: `${to}/undo`, seconds: await secondsToUndo(now) } } : {}
      return { ...seeOther(to, notice.key, notice.params), ...undo }
    },
  }),
  page<Batch>('/customers/assignment/:batch', {
    load: batchFor,
    allow: permit('customers.assign'),
    view: 'assignments/batch',
    show: async ({ actor, record, now }) => {
      const numbers = record.outcomes.map(({ number }) => number)
      return batchPage(actor, record, await customerNames(actor, numbers), now, await secondsToUndo(now))
    },
  }),
  page<AskedMany>('/customers/assignment/:batch/asked', {
    load: askedFor,
    allow: permit('approvals.use'),
    view: 'assignments/asked',
    show: ({ actor, record }) => askedPage(actor, record),
  }),
  form<object, Batch>('/customers/assignment/:batch/undo', {
    load: batchFor,
    allow: permit('customers.assign'),
    fields: undoForm,
    submit: async ({ actor, record, now }) => {
      const { back, left } = await undoAssignments(actor, record, now)
      const notice = left === 0 ? 'assignments:notice.undoneMany' : 'assignments:notice.undoneSome'
      return seeOther(`/customers/assignment/${record.id}`, notice, { n: back, left })
    },
  }),
  form<Assignment, Customer>('/customers/:number/assignment', {
    load: customerFor,
    allow: permitAt<Customer>('customers.assign'),
    view: 'assignments/one',
    show: async ({ actor, record }) => onePage(actor, record, await possibleOwners(), await placesToChoose()),
    fields: assignmentForm,
    submit: async ({ actor, record, input, now }) => {
      const to = `/customers/${record.number}`
      const asked = await assignCustomer(actor, record.id, input, now)
      if (asked) return seeOther(to, 'assignments:notice.asked', { number: asked.number })
      const undo = { action: `${to}/assignment/undo`, seconds: await secondsToUndo(now) }
      return { ...seeOther(to, 'assignments:notice.assigned'), undo }
    },
  }),
  form<object, Customer>('/customers/:number/assignment/undo', {
    load: customerFor,
    allow: permitAt<Customer>('customers.assign'),
    fields: undoForm,
    submit: async ({ actor, record, now }) => {
      await undoAssignment(actor, record.id, now)
      return seeOther(`/customers/${record.number}`, 'assignments:notice.undone')
    },
  }),
]
