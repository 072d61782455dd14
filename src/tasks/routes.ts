import { calendarAt } from '../calendar/queries.ts'
import { customerFor } from '../customers/queries.ts'
import { promiseOf } from '../promises/queries.ts'
import { NotFound } from '../lib/refused.ts'
import type { Actor } from '../access/actor.ts'
import { form, page, seeOther } from '../web/route.ts'
import { createTask } from './commands.ts'
import {
  correctionForm,
  handOnForm,
  newTaskForm,
  newTaskQuery,
  resultForm,
  taskQuery,
  withdrawalForm,
  type HandOn,
  type NewTask,
  type NewTaskQuery,
  type TaskCorrection,
  type TaskQuery,
  type TaskResult,
  type Withdrawal,
} from './forms.ts'
import { ownersOf, tasksFor } from './list.ts'
import { actPage, endPage, handOnPage, newTaskPage } from './form-pages.ts'
import { listPage, taskPage } from './pages.ts'
import { taskPolicy } from './policy.ts'
import { taskFor, taskHistory, type Task } from './queries.ts'
import { colleaguesToChoose } from './colleagues.ts'
import { correctTask, finishTask, handOnTask, withdrawTask } from './settling.ts'

const addressOf = ({ number }: Task) => `/tasks/${number}`

export const taskRoutes = [
  page<undefined, TaskQuery>('/tasks', {
    allow: taskPolicy.list,
    query: taskQuery as never,
    view: 'tasks/index',
    show: async ({ actor, query, now }) => {
      const [list, owners, calendar] = await Promise.all([
        tasksFor(actor, query, now),
        query.tab === 'mine' ? [] : ownersOf(actor),
        calendarAt(now),
      ])
      return listPage(actor, query, list, owners, now, calendar)
    },
  }),
  form<NewTask, undefined, NewTaskQuery>('/tasks/new', {
    allow: taskPolicy.create,
    query: newTaskQuery as never,
    view: 'tasks/new',
    show: async ({ actor, query, now }) =>
      newTaskPage(await customerAsked(actor, query.customer), await colleaguesToChoose(), now, await calendarAt(now)),
    fields: newTaskForm,
    submit: async ({ actor, query, input, now }) => {
      const number = await createTask(actor, input, now)
      const to = query.customer && input.customer ? `/customers/${input.customer}` : `/tasks/${number}`
      return seeOther(to, 'tasks:notice.given', { number })
    },
  }),
  page<Task>('/tasks/:number', {
    load: taskFor,
    allow: taskPolicy.view,
    view: 'tasks/show',
    show: async ({ actor, record, now }) => {
      const [history, promise] = await Promise.all([taskHistory(record), promiseOf(actor, record.id, now)])
      return taskPage(actor, record, { history, promise }, now, await calendarAt(now))
    },
  }),
  form<TaskResult, Task>('/tasks/:number/result', {
    load: taskFor,
    allow: taskPolicy.finish,
    view: 'tasks/result',
    show: async ({ actor, record, now }) => endPage(actor, record, await promiseOf(actor, record.id, now), now),
    fields: resultForm,
    submit: async ({ actor, record, input, now }) => {
      await finishTask(actor, record.id, input, now)
      return seeOther(addressOf(record), 'tasks:notice.finished')
    },
  }),
  form<Withdrawal, Task>('/tasks/:number/withdrawal', {
    load: taskFor,
    allow: taskPolicy.withdraw,
    view: 'tasks/withdrawal',
    show: async ({ actor, record, now }) => endPage(actor, record, await promiseOf(actor, record.id, now), now),
    fields: withdrawalForm,
    submit: async ({ actor, record, input, now }) => {
      await withdrawTask(actor, record.id, input, now)
      return seeOther(addressOf(record), 'tasks:notice.withdrawn')
    },
  }),
  form<HandOn, Task>('/tasks/:number/owner', {
    load: taskFor,
    allow: taskPolicy.handOn,
    view: 'tasks/owner',
    show: async ({ actor, record }) => handOnPage(actor, record, await colleaguesToChoose()),
    fields: handOnForm,
    submit: async ({ actor, record, input, now }) => {
      const owner = await handOnTask(actor, record.id, input, now)
      return seeOther(await stillSeen(actor, record), 'tasks:notice.handedOn', { owner })
    },
  }),
  form<TaskCorrection, Task>('/tasks/:number/correction', {
    load: taskFor,
    allow: taskPolicy.correct,
    view: 'tasks/correction',
    show: ({ actor, record }) => actPage(actor, record),
    fields: correctionForm,
    submit: async ({ actor, record, input, now }) => {
      await correctTask(actor, record.id, input, now)
      return seeOther(addressOf(record), 'tasks:notice.corrected')
    },
  }),
]

async function customerAsked(actor: Actor, number: string | undefined) {
  return number ? customerFor(actor, number) : null
}

/** Who hands on a task that he did not give sees it no more. */
async function stillSeen(actor: Actor, { number }: Task): Promise<string> {
  try {
    await taskFor(actor, number)
    return `/tasks/${number}`
  } catch (error) {
    if (error instanceof NotFound) return '/tasks'
    throw error
  }
}
