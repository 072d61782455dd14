import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import { staleSince } from '../audit/stale.ts'
import { calendarAt } from '../calendar/queries.ts'
import type { Tx } from '../db.ts'
import { cancelDeadlines, meetDeadlines, recomputeDeadlines } from '../deadlines/commands.ts'
import { handDeadlineOn } from '../deadlines/handing.ts'
import { dateText, dateTimeText } from '../lib/dates.ts'
import { dayOf } from '../lib/days.ts'
import { Forbidden, Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { notify } from '../notices/commands.ts'
import type { Telling } from '../promises/rules.ts'
import { endPromise } from '../promises/telling.ts'
import { tellOwner } from './commands.ts'
import type { HandOn, TaskCorrection, TaskResult, Withdrawal } from './forms.ts'
import { taskPolicy } from './policy.ts'
import { lockTask, trailOf, type Task } from './queries.ts'
import { lockColleague } from './colleagues.ts'
import { dueMoment, dueProblems } from './rules.ts'
import { taskStates, type TaskAct } from './states.ts'

/** What was told is typed where the task stands for a promise. */
type Ended<T extends Telling> = Omit<T, keyof Telling> & Partial<Telling>

const partOf = ({ id }: Pick<Task, 'id'>) => `task:${id}`

/** VIS-07: it is done, and what came of it is written down. */
export function finishTask(actor: Actor, id: bigint, input: Ended<TaskResult>, now: Date): Promise<void> {
  const { result, version, ...telling } = input
  return change(actor, async (tx, audit) => {
    const task = await open(tx, actor, id, 'finish', version)
    const told = await endPromise(tx, actor, { taskId: id, ending: 'done', ...telling }, now)
    await end(tx, task, { state: 'done', result }, now)
    await meetDeadlines(tx, 'task.due', [partOf(task)], now)
    await tell(audit, 'task.finished', task, { before: {}, after: { result, ...told } })
    await tellEnded(tx, actor, task, task.createdById, 'done', now)
  })
}

/** VIS-07: it need not be done any more, and whom it was promised to knows; its clock stops without a breach. */
export function withdrawTask(actor: Actor, id: bigint, input: Ended<Withdrawal>, now: Date): Promise<void> {
  const { reason, version, ...telling } = input
  return change(actor, async (tx, audit) => {
    const task = await open(tx, actor, id, 'withdraw', version)
    const told = await endPromise(tx, actor, { taskId: id, ending: 'withdrawn', ...telling }, now)
    await end(tx, task, { state: 'withdrawn', result: reason }, now)
    await cancelDeadlines(tx, 'task.due', [partOf(task)], now)
    await tell(audit, 'task.withdrawn', task, { before: {}, after: told, why: reason })
    await tellEnded(tx, actor, task, task.createdById, 'withdrawn', now)
    if (task.ownerId !== task.createdById) await tellEnded(tx, actor, task, task.ownerId, 'withdrawn', now)
  })
}

/** To a new owner, with the reason; the due day stays. Answers with the name. */
export function handOnTask(actor: Actor, id: bigint, { owner, reason, version }: HandOn, now: Date): Promise<string> {
  return change(actor, async (tx, audit) => {
    const task = await open(tx, actor, id, 'hand_on', version)
    const next = await lockColleague(tx, { number: owner.toUpperCase() })
    refuseIf(handOnProblems(task, next))
    await tx.task.update({ where: { id }, data: { ownerId: next!.id, version: task.version + 1 } })
    await handDeadlineOn(tx, 'task.due', partOf(task), next!.id)
    const names = { before: { owner: task.owner.name }, after: { owner: next!.name } }
    await tell(audit, 'task.handed_on', task, { ...names, why: reason })
    await tellOwner(tx, actor, { id, number: task.number, ownerId: next!.id, dueOn: task.dueOn }, now)
    return next!.name
  })
}

/** The giver says anew what is asked for and by when; a new day counts anew, the old one stays in the record. */
export function correctTask(actor: Actor, id: bigint, input: TaskCorrection, now: Date): Promise<void> {
  return change(actor, async (tx, audit) => {
    const { title, note, dueOn, version } = input
    const task = await lockTask(tx, actor, id)
    if (!taskPolicy.correct(actor, task)) throw new Forbidden('tasks.create')
    refuseEnded(task, 'correct')
    const known = { title: task.title, note: task.note ?? '', dueOn: task.dueOn }
    if (task.version !== version) {
      const current = { version: task.version, fields: known, part: partOf(task) }
      throw await staleSince(tx, trailOf(task), version, current)
    }
    const { before, after } = differences(known, { title, note: note ?? '', dueOn })
    if (Object.keys(after).length === 0) throw new Refused([{ rule: 'VIS-07', reason: 'tasks:refused.nothingChanged' }])
    if (dueOn !== task.dueOn) await moveDue(tx, task, dueOn, now)
    await tx.task.update({ where: { id }, data: { title, note, dueOn: dayOf(dueOn), version: version + 1 } })
    await tell(audit, 'task.corrected', { ...task, title }, { before, after })
  })
}

async function moveDue(tx: Tx, task: Task, dueOn: string, now: Date): Promise<void> {
  refuseIf(dueProblems(dueOn, dateText(now)))
  const dueAt = dueMoment(await calendarAt(now), dueOn, now)
  await recomputeDeadlines(tx, 'task.due', [partOf(task)], now, { why: 'date', dueAt })
}

/** Locked, open, as it was when the form was opened, and this person's to settle. */
async function open(tx: Tx, actor: Actor, id: bigint, act: Exclude<TaskAct, 'correct'>, opened: number): Promise<Task> {
  const task = await lockTask(tx, actor, id)
  const allowed = { finish: taskPolicy.finish, withdraw: taskPolicy.withdraw, hand_on: taskPolicy.handOn }[act]
  if (!allowed(actor, task)) throw new Forbidden('tasks.settle')
  refuseEnded(task, act)
  if (task.version !== opened) throw new Refused([{ rule: 'VIS-07', reason: 'tasks:refused.changedMeanwhile' }])
  return task
}

/** Who comes second is told how it ended. */
function refuseEnded(task: Task, act: TaskAct): void {
  if (task.state === 'open') return void taskStates.next(task.state, act)
  const params = { state: { word: `tasks:state.${task.state}` as const }, at: dateTimeText(task.endedAt!) }
  throw new Refused([{ rule: 'VIS-07', reason: 'tasks:refused.ended', params }])
}

function handOnProblems(task: Task, next: { id: bigint } | null): Refusal[] {
  const refuse = (reason: Refusal['reason']): Refusal[] => [{ rule: 'PPL-01', reason, field: 'owner' }]
  if (!next) return refuse('tasks:refused.ownerUnknown')
  return next.id === task.ownerId ? refuse('tasks:refused.sameOwner') : []
}

async function end(tx: Tx, task: Task, ending: { state: 'done' | 'withdrawn'; result: string }, now: Date) {
  const data = { ...ending, endedAt: now, version: task.version + 1 }
  await tx.task.update({ where: { id: task.id }, data })
}

type Action = 'task.finished' | 'task.withdrawn' | 'task.handed_on' | 'task.corrected'
type Told = { before: object; after: object; why?: string }

function tell(audit: Audit, action: Action, task: Task, { before, after, why }: Told): Promise<void> {
  const part = partOf(task)
  return audit(action, trailOf(task), {
    before: { ...before, part, version: task.version },
    after: { task: task.title, ...after, part, taskNumber: task.number, version: task.version + 1 },
    ...(why ? { why } : {}),
  })
}

async function tellEnded(tx: Tx, actor: Actor, task: Task, to: bigint, state: 'done' | 'withdrawn', now: Date) {
  if (to === actor.id) return
  const params = { by: actor.name, number: task.number, state: { word: `tasks:state.${state}` as const } }
  await notify(tx, [{ to, kind: 'task.ended', subject: partOf(task), href: `/tasks/${task.number}`, params }], now)
}

type Facts = Record<'title' | 'note' | 'dueOn', string>

function differences(known: Facts, next: Facts) {
  const changed = (Object.keys(known) as (keyof Facts)[]).filter((name) => known[name] !== next[name])
  return {
    before: Object.fromEntries(changed.map((name) => [name, known[name]])),
    after: Object.fromEntries(changed.map((name) => [name, next[name]])),
  }
}
