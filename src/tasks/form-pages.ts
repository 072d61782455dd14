import type { Actor } from '../access/actor.ts'
import { addWorkingDays, type Calendar } from '../calendar/reckoning.ts'
import { translate } from '../i18n.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import type { PromiseRow } from '../promises/queries.ts'
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

/** Ending a task; where it stands for a promise, the form asks whether the customer was told (VIS-07). */
export function endPage(actor: Actor, task: Task, promise: PromiseRow | null, now: Date) {
  const t = translate[actor.language]
  const ways = (['phone', 'visit', 'message', 'email', 'letter'] as const).map((value) => ({
    value,
    word: t(`tasks:toldWay.${value}`),
  }))
  const promised = promise && { ways, latest: dateTimeText(now).replace(' ', 'T'), whom: promise.promisedTo ?? '' }
  return { ...actPage(actor, task), promised }
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
