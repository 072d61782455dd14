import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool, type Tx } from '../../src/db.ts'
import {
  cancelDeadlines,
  meetDeadlines,
  moveDeadline,
  pauseDeadline,
  recomputeDeadlines,
  resumeDeadline,
  startDeadlines,
} from '../../src/deadlines/commands.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { at } from './calendar.ts'

let director: Actor
beforeAll(async () => {
  director = await actorOf((await theCast()).sales_director)
})

const kind = 'customer.confirmation'
/** In a change of somebody's, as commands use it. */
const doing = <T>(work: (tx: Tx) => Promise<T>) =>
  change(director, async (tx, audit) => {
    const result = await work(tx)
    await audit('deadline.swept', 'deadlines:test')
    return result
  })

async function started(when = '2026-11-23 10:00') {
  const { id } = await make.customer()
  const subject = `customer:${id}`
  await doing((tx) => startDeadlines(tx, kind, [{ subject, customerId: id }], at(when)))
  return subject
}

const clockOf = (subject: string) => db.deadline.findFirstOrThrow({ where: { subject }, orderBy: { id: 'desc' } })
const eventsOf = async (subject: string) => {
  const { id } = await clockOf(subject)
  return db.deadlineEvent.findMany({ where: { deadlineId: id }, orderBy: { id: 'asc' } })
}

describe('CUS-05: starting', () => {
  it('reckons due and soon, and keeps the measure and the rule it began under', async () => {
    const clock = await clockOf(await started())
    expect(clock).toMatchObject({ rule: 'CUS-05', amount: 1, unit: 'working_day', startedAt: at('2026-11-23 10:00') })
    expect([clock.dueAt, clock.soonAt].map(dateTimeText)).toEqual(['2026-11-24 17:30', '2026-11-24 00:00'])
  })

  it('leaves a clock that runs as it is', async () => {
    const subject = await started()
    await doing((tx) => startDeadlines(tx, kind, [{ subject }], at('2026-11-30 10:00')))
    expect(await db.deadline.count({ where: { subject } })).toBe(1)
    expect((await clockOf(subject)).startedAt).toEqual(at('2026-11-23 10:00'))
  })

  it('two thousand in one statement', async () => {
    const subjects = Array.from({ length: 2000 }, (_, n) => ({ subject: `customer:9${n}00000000` }))
    const n = await doing((tx) =>
      startDeadlines(tx, kind, subjects, at('2026-11-23 10:00'), { parameter: 'customers.confirm_imported_days' }),
    )
    expect(n).toBe(2000)
    expect(await clockOf(subjects.at(-1)!.subject)).toMatchObject({ amount: 20 })
    await pool.query(`delete from deadline where subject = any($1)`, [subjects.map(({ subject }) => subject)])
  })

  it('a given moment that has passed already', async () => {
    const dueAt = at('2026-11-20 17:30')
    await doing((tx) => startDeadlines(tx, 'task.due', [{ subject: 'task:0', dueAt }], at('2026-11-23 10:00')))
    expect(await clockOf('task:0')).toMatchObject({ startedAt: dueAt, dueAt, unit: 'moment' })
  })
})

describe('CAL-02: meeting', () => {
  it('in time, at the due moment itself', async () => {
    const subject = await started()
    await doing((tx) => meetDeadlines(tx, kind, [subject], at('2026-11-24 17:30')))
    expect(await clockOf(subject)).toMatchObject({ metAt: at('2026-11-24 17:30'), breachedAt: null })
    expect((await eventsOf(subject)).map((one) => [one.kind, (one.detail as { late: boolean }).late])).toEqual([
      ['met', false],
    ])
  })

  it('late: the missed moment is recorded though no sweep came by, and counts as a breach of the rule', async () => {
    const subject = await started()
    const now = new Date(at('2026-11-24 17:30').getTime() + 1000)
    await doing((tx) => meetDeadlines(tx, kind, [subject], now))
    expect(await clockOf(subject)).toMatchObject({ metAt: now, breachedAt: at('2026-11-24 17:30') })
    expect(await db.ruleEvent.count({ where: { rule: 'CUS-05', effect: 'breached', at: now } })).toBe(1)
  })

  it('is harmless where none runs, and a second one may begin after the first ended', async () => {
    const subject = await started()
    await doing((tx) => meetDeadlines(tx, kind, [subject, 'customer:0'], at('2026-11-24 10:00')))
    await doing((tx) => meetDeadlines(tx, kind, [subject], at('2026-11-24 11:00')))
    expect((await clockOf(subject)).metAt).toEqual(at('2026-11-24 10:00'))
    await doing((tx) => startDeadlines(tx, kind, [{ subject }], at('2026-11-25 10:00')))
    expect(await db.deadline.count({ where: { subject } })).toBe(2)
  })
})

describe('CAL-02: pausing', () => {
  it('stops the clock with reason and person, and moves the due moment when it runs on', async () => {
    const subject = await started()
    await doing((tx) => pauseDeadline(tx, director, kind, subject, '等客户补执照', at('2026-11-24 09:00')))
    expect((await clockOf(subject)).pausedAt).toEqual(at('2026-11-24 09:00'))
    await doing((tx) => resumeDeadline(tx, kind, subject, at('2026-11-26 09:00')))
    const clock = await clockOf(subject)
    expect([clock.pausedAt, dateTimeText(clock.dueAt)]).toEqual([null, '2026-11-26 17:30'])
    const pauses = await db.deadlinePause.findMany({ where: { deadlineId: clock.id } })
    expect(pauses).toMatchObject([{ reason: '等客户补执照', byId: director.id, untilAt: at('2026-11-26 09:00') }])
    expect((await eventsOf(subject)).map((one) => one.kind)).toEqual(['paused', 'resumed'])
  })

  it('refuses a second pause while one lasts', async () => {
    const subject = await started()
    const pause = () => doing((tx) => pauseDeadline(tx, director, kind, subject, '再等', at('2026-11-24 10:00')))
    await pause()
    expect(await refusalOf(pause())).toEqual(['CAL-02 deadlines:refused.pausedAlready'])
  })

  it('over a weekend adds nothing', async () => {
    const subject = await started('2026-11-27 10:00')
    await doing((tx) => pauseDeadline(tx, director, kind, subject, '周末', at('2026-11-27 17:30')))
    await doing((tx) => resumeDeadline(tx, kind, subject, at('2026-11-30 08:30')))
    expect(dateTimeText((await clockOf(subject)).dueAt)).toBe('2026-11-30 17:30')
  })

  it('met while paused, long after: in time, for the clock stood', async () => {
    const subject = await started()
    await doing((tx) => pauseDeadline(tx, director, kind, subject, '等', at('2026-11-24 09:00')))
    await doing((tx) => meetDeadlines(tx, kind, [subject], at('2026-12-10 09:00')))
    expect(await clockOf(subject)).toMatchObject({ breachedAt: null, pausedAt: null, metAt: at('2026-12-10 09:00') })
  })

  it('resuming what is not paused, and pausing what does not run, does nothing', async () => {
    const subject = await started()
    expect(await doing((tx) => resumeDeadline(tx, kind, subject, at('2026-11-24 09:00')))).toBe(false)
    expect(await doing((tx) => pauseDeadline(tx, director, kind, 'customer:0', '等', at('2026-11-24 09:00')))).toBe(
      false,
    )
  })
})

describe('CAL-02: reckoning anew', () => {
  it('another level gives another due moment; the old one stays on record', async () => {
    const subject = await started()
    const parameter = 'customers.confirm_imported_days'
    const now = at('2026-11-24 09:00')
    await doing((tx) => recomputeDeadlines(tx, kind, [subject], now, { why: 'level', parameter }))
    expect(dateTimeText((await clockOf(subject)).dueAt)).toBe('2026-12-21 17:30')
    expect(await eventsOf(subject)).toMatchObject([
      {
        kind: 'recomputed',
        detail: {
          before: at('2026-11-24 17:30').toISOString(),
          after: at('2026-12-21 17:30').toISOString(),
          why: 'level',
        },
      },
    ])
  })

  it('a breach survives everything, also an attempt to take it back (trigger)', async () => {
    const subject = await started()
    const breachedAt = at('2026-11-24 17:30')
    await pool.query(`update deadline set breached_at = due_at, overdue_noted_at = due_at where subject = $1`, [
      subject,
    ])
    const parameter = 'customers.confirm_imported_days'
    await doing((tx) => recomputeDeadlines(tx, kind, [subject], at('2026-11-25 09:00'), { why: 'level', parameter }))
    expect(await clockOf(subject)).toMatchObject({ breachedAt, overdueNotedAt: null })
    await doing((tx) => meetDeadlines(tx, kind, [subject], at('2026-11-26 09:00')))
    expect((await clockOf(subject)).breachedAt).toEqual(breachedAt)
    const { id } = await clockOf(subject)
    const taken = doing((tx) => tx.deadline.update({ where: { id }, data: { breachedAt: null } }))
    await expect(taken).rejects.toThrow(/stays as it is recorded/)
  })

  it('what was missed before any sweep is recorded first, once, and counts as a breach of the rule', async () => {
    const subject = await started()
    const parameter = 'customers.confirm_imported_days'
    const now = new Date(at('2026-11-25 09:00').getTime() + 7)
    await doing((tx) => recomputeDeadlines(tx, kind, [subject], now, { why: 'level', parameter }))
    expect(await clockOf(subject)).toMatchObject({ breachedAt: at('2026-11-24 17:30'), dueAt: at('2026-12-21 17:30') })
    expect((await eventsOf(subject)).map((one) => one.kind)).toEqual(['overdue', 'recomputed'])
    expect(await db.ruleEvent.count({ where: { rule: 'CUS-05', effect: 'breached', at: now } })).toBe(1)
    await doing((tx) => meetDeadlines(tx, kind, [subject], at('2026-12-01 09:00')))
    expect((await clockOf(subject)).breachedAt).toEqual(at('2026-11-24 17:30'))
  })

  it('a task handed to a later day after its own has passed was missed; paused in time, nothing was', async () => {
    // A number no task will have: these files share a database with those of tasks.
    const subject = `task:9${String((await make.customer()).id).padStart(9, '0')}`
    const [first, later] = [at('2026-11-25 17:30'), at('2026-11-27 17:30')]
    await doing((tx) => startDeadlines(tx, 'task.due', [{ subject, dueAt: first }], at('2026-11-23 10:00')))
    await doing((tx) => moveDeadline(tx, 'task.due', subject, { dueAt: later }, at('2026-11-26 09:00')))
    expect(await clockOf(subject)).toMatchObject({ breachedAt: first, dueAt: later })
    const held = await started()
    const parameter = 'customers.confirm_imported_days'
    await doing((tx) => pauseDeadline(tx, director, kind, held, '等', at('2026-11-24 09:00')))
    await doing((tx) => recomputeDeadlines(tx, kind, [held], at('2026-11-26 09:00'), { why: 'level', parameter }))
    expect((await clockOf(held)).breachedAt).toBeNull()
  })

  it('hands a clock on: to another moment, and to another person who is reminded as the first was', async () => {
    // A number no task will have: these files share a database with those of tasks.
    const subject = `task:9${String((await make.customer()).id).padStart(9, '0')}`
    const first = at('2026-11-25 17:30')
    await doing((tx) =>
      startDeadlines(tx, 'task.due', [{ subject, ownerId: 1n, dueAt: first }], at('2026-11-23 10:00')),
    )
    await pool.query(`update deadline set soon_noted_at = soon_at where subject = $1`, [subject])
    await doing((tx) => moveDeadline(tx, 'task.due', subject, { ownerId: director.id }, at('2026-11-24 10:00')))
    expect(await clockOf(subject)).toMatchObject({ ownerId: director.id, soonNotedAt: null, dueAt: first })
    const dueAt = at('2026-11-27 17:30')
    await doing((tx) => moveDeadline(tx, 'task.due', subject, { dueAt }, at('2026-11-24 10:00')))
    expect((await clockOf(subject)).dueAt).toEqual(dueAt)
  })
})

it('CAL-02: cancelling ends it, closes a pause, and says so', async () => {
  const subject = await started()
  await doing((tx) => pauseDeadline(tx, director, kind, subject, '等', at('2026-11-24 09:00')))
  await doing((tx) => cancelDeadlines(tx, kind, [subject, 'customer:0'], at('2026-11-25 09:00')))
  const clock = await clockOf(subject)
  expect(clock).toMatchObject({ cancelledAt: at('2026-11-25 09:00'), metAt: null, pausedAt: null })
  expect(await db.deadlinePause.count({ where: { deadlineId: clock.id, untilAt: null } })).toBe(0)
  expect((await eventsOf(subject)).map((one) => one.kind)).toEqual(['paused', 'cancelled'])
})

it('CAL-02: cancelled too late is a breach all the same, though no sweep came by', async () => {
  const subject = await started()
  const now = new Date(at('2026-11-25 09:00').getTime() + 9)
  await doing((tx) => cancelDeadlines(tx, kind, [subject], now))
  expect(await clockOf(subject)).toMatchObject({ cancelledAt: now, breachedAt: at('2026-11-24 17:30') })
  expect(await db.ruleEvent.count({ where: { rule: 'CUS-05', effect: 'breached', at: now } })).toBe(1)
})
