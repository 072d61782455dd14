import { afterAll, beforeAll, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { forgetCalendar } from '../../src/calendar/queries.ts'
import { db, pool } from '../../src/db.ts'
import { startDeadlines } from '../../src/deadlines/commands.ts'
import { recomputeOpen, sweep } from '../../src/deadlines/jobs.ts'
import { dateTimeText } from '../../src/lib/dates.ts'
import { ownDatabase } from '../support/connected.ts'
import { make, theCast } from '../support/make.ts'
import { at } from './calendar.ts'

await ownDatabase('deadlines')

beforeAll(theCast)
const closed = async (day: string) => {
  await pool.query(`insert into calendar_day (day, origin, working, name) values ($1, 'company', false, '盘点')`, [day])
  forgetCalendar()
}
afterAll(async () => {
  await pool.query(`delete from calendar_day where name = '盘点'`)
  forgetCalendar()
})

async function clocks(n: number, started: string): Promise<bigint[]> {
  const ids: bigint[] = []
  for (let made = 0; made < n; made++) ids.push((await make.customer()).id)
  await change(system, async (tx, audit) => {
    const subjects = ids.map((id) => ({ subject: `customer:${id}`, customerId: id }))
    await startDeadlines(tx, 'customer.confirmation', subjects, at(started))
    await audit('deadline.swept', 'deadlines:test')
  })
  return ids
}
const clockOf = (customerId: bigint) =>
  db.deadline.findFirstOrThrow({ where: { customerId, kind: 'customer.confirmation' } })

it('CAL-01: a day off entered later moves what was due on it, keeps the old moment, and leaves what was due before', async () => {
  const [moved] = await clocks(1, '2026-12-14 10:00')
  const [before] = await clocks(1, '2026-12-10 10:00')
  await closed('2026-12-15')
  expect((await recomputeOpen('2026-12-15', at('2026-12-14 12:00'))).moved).toBeGreaterThanOrEqual(1)
  const clock = await clockOf(moved!)
  expect([clock.dueAt, clock.soonAt].map(dateTimeText)).toEqual(['2026-12-16 17:30', '2026-12-16 00:00'])
  expect(dateTimeText((await clockOf(before!)).dueAt)).toBe('2026-12-11 17:30')
  expect(await db.deadlineEvent.findMany({ where: { deadlineId: clock.id } })).toMatchObject([
    { kind: 'recomputed', detail: { before: at('2026-12-15 17:30').toISOString(), why: 'calendar' } },
  ])
  // Once more changes nothing, and says nothing.
  await recomputeOpen('2026-12-15', at('2026-12-14 12:00'))
  expect(await db.deadlineEvent.count({ where: { deadlineId: clock.id } })).toBe(1)
})

it('CAL-02: the next step of the ladder moves, too, though the due moment has passed', async () => {
  const [id] = await clocks(1, '2026-12-21 10:00')
  await sweep(at('2026-12-23 09:00'))
  expect(dateTimeText((await clockOf(id!)).nextStepAt!)).toBe('2026-12-25 17:30')
  await closed('2026-12-24')
  await recomputeOpen('2026-12-24', at('2026-12-23 12:00'))
  const clock = await clockOf(id!)
  expect(dateTimeText(clock.nextStepAt!)).toBe('2026-12-28 17:30')
  expect(clock).toMatchObject({ dueAt: at('2026-12-22 17:30'), climbed: 1, breachedAt: at('2026-12-22 17:30') })
})

it('goes through more than a batch, and stops when it is told to', async () => {
  const ids = await clocks(520, '2026-12-28 10:00')
  await closed('2026-12-29')
  const told: number[] = []
  await recomputeOpen(
    '2026-12-29',
    at('2026-12-28 12:00'),
    ({ done }) => Promise.resolve(void told.push(done)),
    () => true,
  )
  expect(dateTimeText((await clockOf(ids[0]!)).dueAt)).toBe('2026-12-29 17:30')
  await recomputeOpen('2026-12-29', at('2026-12-28 12:00'), ({ done }) => Promise.resolve(void told.push(done)))
  for (const id of [ids[0]!, ids.at(-1)!]) expect(dateTimeText((await clockOf(id)).dueAt)).toBe('2026-12-30 17:30')
  expect(told.length).toBeGreaterThan(1)
})
