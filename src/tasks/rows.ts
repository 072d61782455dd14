import type { Actor } from '../access/actor.ts'
import type { Calendar } from '../calendar/reckoning.ts'
import { deadlineTag } from '../deadlines/tag.ts'
import { translate, type Translate } from '../i18n.ts'
import { dateTimeText } from '../lib/dates.ts'
import type { TaskRow } from './queries.ts'

/** A task in a list: on its own page, the customer's and the first one. */
export function rowOf(actor: Actor, task: TaskRow, now: Date, calendar: Calendar) {
  const t = translate[actor.language]
  return {
    number: task.number,
    href: `/tasks/${task.number}`,
    title: task.title,
    tag: tagOf(t, task, now, calendar),
    owner: task.ownerName,
    giver: giverOf(t, task),
    dueOn: task.dueOn,
    customer: customerOf(t, task),
    state: stateOf(t, task),
    ended: task.endedAt ? dateTimeText(task.endedAt) : '',
  }
}

/** PRV-02: that a task is about some customer may be known; which one, only to who sees that customer. */
export function customerOf(t: Translate, { customer, about }: TaskRow) {
  if (customer) return { name: customer.name, number: customer.number, href: `/customers/${customer.number}` }
  return about ? { name: t('tasks:unseen'), number: '', href: null } : null
}

export function tagOf(t: Translate, { deadline }: TaskRow, now: Date, calendar: Calendar) {
  return deadline ? deadlineTag(t, deadline, now, calendar) : null
}

const tones = { open: 'go', done: 'ok', withdrawn: 'bad' } as const

export const stateOf = (t: Translate, { state }: TaskRow) => ({ tone: tones[state], word: t(`tasks:state.${state}`) })

export function giverOf(t: Translate, { ownerId, createdById, giverName }: TaskRow): string {
  return ownerId === createdById ? t('tasks:self') : t('tasks:by', { person: giverName })
}
