import '../support/connected.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { calendarAt } from '../../src/calendar/queries.ts'
import { closeOf } from '../../src/calendar/reckoning.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { parameterOf } from '../../src/regulations/parameters.ts'
import { openInEmergency } from '../../src/viewings/emergency.ts'
import { applicationPage } from '../../src/viewings/form-pages.ts'
import { mostDays } from '../../src/viewings/rules.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { asked, hour, itemsOf, later, now, ready, subjectOf } from './support.ts'

let clerk: Actor
const reason = '客户在现场，须立即核对解除条款，负责人出差'

beforeAll(async () => {
  moveClock(() => now)
  await theCast()
  const person = await make.staff([{ role: 'front_desk', department: '城东营业部' }])
  await ready(person)
  clerk = await actorOf(person)
})
afterAll(() => moveClock(() => new Date()))

async function hurry() {
  const [item] = await itemsOf('secret')
  const { number } = await openInEmergency(clerk, { items: [item!.number], purpose: 'service', reason }, now)
  return db.viewing.findUniqueOrThrow({ where: { number } })
}
const done = () =>
  pool.query(`update viewing set state = 'ended', ended_at = $2 where applicant_id = $1`, [clerk.id, now])

it("CAL-03: 'archive.reason_length': twelve are enough where twelve are asked, eleven are not", async () => {
  await under({ 'archive.reason_length': 12 }, async () => {
    const [item, other] = await itemsOf('secret', 'secret')
    expect(await refusalOf(asked(clerk, [item!], { reason: '字'.repeat(12) }))).toBeNull()
    expect(await refusalOf(asked(clerk, [other!], { reason: '字'.repeat(11) }))).toEqual([
      'ARC-07 viewings:refused.reasonShort',
    ])
  })
})

it("CAL-03: 'archive.window_days': a window has so many working days by default, and never more than five", async () => {
  expect(parameterOf('archive.window_days')).toMatchObject({ min: 1, max: mostDays, first: 1 })
  expect((await applicationPage(clerk, { item: [] }, 'own', now)).span).toBe('d1')
  await under({ 'archive.window_days': 5 }, async () => {
    const { span, day } = await applicationPage(clerk, { item: [] }, 'own', now)
    const viewing = await asked(clerk, await itemsOf('secret'), { span, day })
    expect(viewing.untilAt).toEqual(closeOf(await calendarAt(now), '2026-11-30'))
  })
})

it("CAL-03: 'archive.emergency_hours': open for eight hours to the millisecond where the company says eight", async () => {
  const { fromAt, untilAt } = await under({ 'archive.emergency_hours': 8 }, hurry)
  expect([fromAt, untilAt]).toEqual([now, later(8 * hour)])
  await done()
})

it("CAL-03: 'archive.emergency_open': the second of two opens, a third does not", async () => {
  await under({ 'archive.emergency_open': 2 }, async () => {
    await hurry()
    await hurry()
    expect(await refusalOf(hurry())).toEqual(['ARC-07 viewings:refused.emergencyOpen'])
  })
  await done()
})

it("CAL-03: 'archive.review_days': due at the close of the second working day after, where two are set", async () => {
  const viewing = await under({ 'archive.review_days': 2 }, async () => {
    const made = await hurry()
    const clock = await db.deadline.findFirstOrThrow({ where: { subject: subjectOf(made) } })
    expect(clock.dueAt).toEqual(closeOf(await calendarAt(now), '2026-11-26'))
    return made
  })
  expect(viewing.emergency).toBe(true)
  await done()
})
