import type { Actor } from '../access/actor.ts'
import { addWorkingDays, type Calendar } from '../calendar/reckoning.ts'
import { translate } from '../i18n.ts'
import { dateText } from '../lib/dates.ts'
import type { Task } from './queries.ts'

type Colleague = { number: string; name: string; department: { name: string } | null }
type About = { number: string; name: string } | null

/** The next working day is what most tasks are for. */
export function newTaskPage(customer: About, colleagues: Colleague[], now: Date, calendar: Calendar) {
  return {
    customer,
    home: customer ? `/customers/${customer.number}` : '/tasks',
    colleagues: optionsOf(colleagues),
    today: dateText(now),
    tomorrow: dateText(addWorkingDays(calendar, now, 1)),
  }
}

/** Any form about one task. */
export function actPage(actor: Actor, task: Task) {
  const t = translate[actor.language]
  const { number, title, version, note, dueOn, owner } = task
  return {
    task: { number, title, version, note, dueOn },
    owner: owner.name,
    lede: `${title} · ${t('tasks:due', { date: dueOn })}`,
  }
}

export function handOnPage(actor: Actor, task: Task, colleagues: Colleague[]) {
  const others = colleagues.filter(({ number }) => number !== task.owner.number)
  return { ...actPage(actor, task), colleagues: optionsOf(others) }
}

const optionsOf = (colleagues: Colleague[]) =>
  colleagues.map(({ number, name, department }) => ({
    value: number,
    word: [name, number, department?.name].filter(Boolean).join(' '),
  }))
