import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { mostOnPage, type TaskRow } from './queries.ts'
import { rowOf } from './rows.ts'

/** The part of a customer's page about the open tasks around it (views/tasks/section.ejs). */
export function tasksSection(actor: Actor, customer: { number: string }, tasks: TaskRow[], now: Date, days: Calendar) {
  const home = `/customers/${customer.number}`
  return {
    home,
    add: mayEver(actor, 'tasks.create') ? `/tasks/new?customer=${customer.number}` : null,
    rows: tasks.slice(0, mostOnPage).map((task) => rowOf(actor, task, now, days)),
    more: tasks.length > mostOnPage ? `/tasks?tab=scope&customer=${customer.number}` : null,
  }
}
