import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { system } from '../../src/access/actor.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { meetDeadlines, pauseDeadline, recomputeDeadlines, startDeadlines } from '../../src/deadlines/commands.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import type { DeadlineKind } from '../../src/deadlines/kinds.ts'
import type { Cast } from '../support/cast.ts'
import { ownDatabase } from '../support/connected.ts'
import { make, theCast } from '../support/make.ts'
import { at } from './calendar.ts'

await ownDatabase('deadlines')

let cast: Cast
beforeAll(async () => {
  cast = await theCast()
})

/** Each test has the sweep to itself. */
beforeEach(async () => {
  await pool.query(`update deadline set cancelled_at = started_at where met_at is null and cancelled_at is null`)
})

type Placed = Parameters<typeof make.customer>[0]

async function clock(placed: Placed = {}, kind: DeadlineKind = 'customer.confirmation', started = '2026-11-23 10:00') {
  const { id, number } = await make.customer(placed)
  const subject = `customer:${id}`
  // Recorded when its clock begins: whatever the date of the machine, its other clock is not due meanwhile.
  await pool.query(`update customer set created_at = $2 where id = $1`, [id, at(started)])
  await change(system, async (tx, audit) => {
    await startDeadlines(tx, kind, [{ subject, customerId: id }], at(started))
    await audit('deadline.swept', 'deadlines:test')
  })
  const { id: deadlineId } = await db.deadline.findFirstOrThrow({ where: { subject, kind } })
  return { id: deadlineId, subject, number }
}

const stateOf = (id: bigint) => db.deadline.findUniqueOrThrow({ where: { id } })
const eventsOf = async (id: bigint) =>
  (await db.deadlineEvent.findMany({ where: { deadlineId: id }, orderBy: { id: 'asc' } })).map(({ kind, detail }) => ({
    kind,
    ...(detail as { to?: string; state?: string; instead?: string; rung?: number; reason?: string }),
  }))
const noticesOf = (id: bigint) =>
  db.notice.findMany({ where: { deadlineId: id }, orderBy: { id: 'asc' }, select: { kind: true, staffId: true } })

describe('CAL-02: the sweep', () => {
  it('does nothing before it is time, then reminds who can act, once', async () => {
    const { id } = await clock()
    await sweep(new Date(at('2026-11-24 00:00').getTime() - 1))
    expect((await stateOf(id)).soonNotedAt).toBeNull()
    const now = at('2026-11-24 00:00')
    expect(await sweep(now)).toMatchObject({ soon: 1, overdue: 0, escalated: 0 })
    expect(await sweep(at('2026-11-24 00:01'))).toEqual({ soon: 0, overdue: 0, escalated: 0 })
    expect((await stateOf(id)).soonNotedAt).toEqual(now)
    expect(await eventsOf(id)).toMatchObject([{ kind: 'soon', to: 'sales_director', state: 'sent' }])
    expect(await noticesOf(id)).toEqual([{ kind: 'deadline.soon', staffId: cast.sales_director.id }])
  })

  it('the due moment itself is in time; a moment later it is overdue, and the breach is recorded with that moment', async () => {
    const { id } = await clock()
    await sweep(at('2026-11-24 17:30'))
    expect((await stateOf(id)).breachedAt).toBeNull()
    const now = new Date(at('2026-11-24 17:30').getTime() + 1)
    expect(await sweep(now)).toMatchObject({ soon: 0, overdue: 1 })
    expect(await stateOf(id)).toMatchObject({ breachedAt: at('2026-11-24 17:30'), overdueNotedAt: now })
    expect((await eventsOf(id)).map((one) => one.kind)).toEqual(['soon', 'overdue', 'escalated'])
    expect((await noticesOf(id)).map((one) => one.kind)).toEqual(['deadline.soon', 'deadline.overdue'])
    const counted = await db.ruleEvent.findMany({ where: { at: now, rule: 'CUS-05' }, orderBy: { id: 'asc' } })
    expect(counted).toMatchObject([
      { effect: 'reminded', place: 'customer.confirmation', n: 1 },
      { effect: 'breached', n: 1 },
    ])
  })

  it('found overdue at once, it is not reminded of as due soon', async () => {
    const { id } = await clock()
    await sweep(at('2026-11-25 09:00'))
    expect((await eventsOf(id)).map((one) => one.kind)).toEqual(['overdue', 'escalated'])
    expect((await noticesOf(id)).map((one) => one.kind)).toEqual(['deadline.overdue'])
  })

  it('passes over what is paused or has ended', async () => {
    const [paused, met] = [await clock(), await clock()]
    await change(system, async (tx, audit) => {
      await pauseDeadline(
        tx,
        { ...system, id: cast.sales_director.id },
        'customer.confirmation',
        paused.subject,
        '等',
        at('2026-11-23 11:00'),
      )
      await meetDeadlines(tx, 'customer.confirmation', [met.subject], at('2026-11-23 11:00'))
      await audit('deadline.swept', 'deadlines:test')
    })
    expect(await sweep(at('2026-12-24 09:00'))).toEqual({ soon: 0, overdue: 0, escalated: 0 })
    expect(await noticesOf(paused.id)).toEqual([])
  })

  it('a new due moment is reminded of anew (rero-ils#2470)', async () => {
    const { id, subject } = await clock()
    await sweep(at('2026-11-24 09:00'))
    await change(system, async (tx, audit) => {
      const options = { why: 'level', parameter: 'customers.confirm_imported_days' } as const
      await recomputeDeadlines(tx, 'customer.confirmation', [subject], at('2026-11-24 10:00'), options)
      await audit('deadline.swept', 'deadlines:test')
    })
    expect(await sweep(at('2026-11-24 11:00'))).toMatchObject({ soon: 0 })
    await sweep(at('2026-12-18 09:00'))
    expect((await noticesOf(id)).map((one) => one.kind)).toEqual(['deadline.soon', 'deadline.soon'])
  })

  it('four at once record and remind each thing once', async () => {
    const clocks: Awaited<ReturnType<typeof clock>>[] = []
    for (let n = 0; n < 30; n++) clocks.push(await clock({ department: '城东营业部' }))
    const now = at('2026-11-25 09:14')
    const swept = await Promise.all([sweep(now), sweep(now), sweep(now), sweep(now)])
    expect(swept.reduce((sum, { overdue }) => sum + overdue, 0)).toBe(30)
    for (const { id } of clocks) expect((await eventsOf(id)).map((one) => one.kind)).toEqual(['overdue', 'escalated'])
    const told = await db.notice.findMany({ where: { at: now, kind: 'deadline.overdue' } })
    const counted = told.reduce((sum, { params }) => sum + ((params as { n?: number }).n ?? 1), 0)
    expect(counted).toBe(30)
  })

  it('killed in between, nothing is half done and nothing is lost: the next sweep does it', async () => {
    const { id } = await clock()
    const now = at('2026-11-25 09:00')
    const blocked = change(system, async (tx, audit) => {
      await tx.$queryRaw`select 1 from deadline where id = ${id} for update`
      expect(await sweep(now)).toMatchObject({ overdue: 0 })
      await audit('deadline.swept', 'deadlines:test')
      throw new Error('killed')
    })
    await expect(blocked).rejects.toThrow('killed')
    expect(await eventsOf(id)).toEqual([])
    expect(await sweep(now)).toMatchObject({ overdue: 1 })
    expect((await eventsOf(id)).length).toBe(2)
  })

  it('many of one kind for one person are one notice that leads to the list', async () => {
    for (let n = 0; n < 12; n++) await clock()
    const now = at('2026-11-24 09:12')
    await sweep(now)
    const told = await db.notice.findMany({
      where: { at: now, kind: 'deadline.soon', staffId: cast.sales_director.id },
    })
    expect(told).toMatchObject([{ params: { n: 12 }, href: '/deadlines?state=soon&kind=customer.confirmation' }])
  })
})

describe('CAL-02: the ladder', () => {
  it('climbs to the general manager at the close of the third working day, once', async () => {
    const { id } = await clock()
    await sweep(at('2026-11-25 09:00'))
    expect((await stateOf(id)).nextStepAt).toEqual(at('2026-11-27 17:30'))
    await sweep(new Date(at('2026-11-27 17:30').getTime() - 1))
    expect((await stateOf(id)).climbed).toBe(1)
    expect(await sweep(at('2026-11-27 17:30'))).toMatchObject({ escalated: 1 })
    expect(await sweep(at('2026-12-27 17:30'))).toMatchObject({ escalated: 0 })
    expect((await noticesOf(id)).at(-1)).toEqual({ kind: 'deadline.escalated', staffId: cast.general_manager.id })
    expect((await eventsOf(id)).filter((one) => one.kind === 'escalated')).toMatchObject([
      { rung: 1, to: 'sales_director', state: 'sent' },
      { rung: 2, to: 'general_manager', state: 'sent' },
    ])
  })

  it('after a standstill climbs every rung whose day has come, in one go, and tells each once', async () => {
    const { id } = await clock()
    expect(await sweep(at('2026-12-24 09:00'))).toEqual({ soon: 0, overdue: 1, escalated: 0 })
    expect(await stateOf(id)).toMatchObject({ climbed: 2, nextStepAt: null, breachedAt: at('2026-11-24 17:30') })
    expect(await eventsOf(id)).toMatchObject([
      { kind: 'overdue', due: at('2026-11-24 17:30').toISOString().replace('.000Z', '+00:00') },
      { kind: 'escalated', rung: 1, to: 'sales_director' },
      { kind: 'escalated', rung: 2, to: 'general_manager' },
    ])
    expect(await noticesOf(id)).toEqual([
      { kind: 'deadline.overdue', staffId: cast.sales_director.id },
      { kind: 'deadline.escalated', staffId: cast.general_manager.id },
    ])
  })

  it('tells the one whose grant covers the place, the departments below included, and nobody else', async () => {
    const local = await make.staff([{ role: 'sales_director', department: '城西营业部' }])
    const above = await make.staff([{ role: 'sales_director', department: '销售中心' }])
    const west = await clock({ department: '城西营业部' })
    const east = await clock({ department: '城东营业部' })
    await sweep(at('2026-11-25 09:00'))
    const told = async (id: bigint) => (await noticesOf(id)).map(({ staffId }) => staffId)
    expect(await told(west.id)).toEqual(expect.arrayContaining([cast.sales_director.id, local.id, above.id]))
    expect(await told(east.id)).toEqual(expect.arrayContaining([cast.sales_director.id, above.id]))
    expect(await told(east.id)).not.toContain(local.id)
    await pool.query(`delete from role_grant where staff_id = any($1)`, [[local.id, above.id]])
  })

  it('nobody has the role there: the failure stays on record, and the next above is told at once', async () => {
    // Verification climbs from the owner to the head of the department; this one has neither.
    const gone = await make.staff()
    const { id } = await clock(
      { ownerId: gone.id, department: '城西营业部' },
      'customer.verification',
      '2025-11-23 10:00',
    )
    await pool.query(`update staff set state = 'disabled' where id = $1`, [gone.id])
    await sweep(at('2026-11-24 09:00'))
    await sweep(at('2027-01-24 09:00'))
    expect((await eventsOf(id)).filter((one) => one.kind === 'escalated')).toMatchObject([
      { rung: 1, to: 'owner', state: 'failed', reason: 'nobody', instead: 'general_manager' },
      { rung: 2, to: 'dept_head', state: 'failed', reason: 'nobody', instead: 'general_manager' },
    ])
    const told = (await noticesOf(id)).map(({ kind, staffId }) => [kind, staffId])
    expect(told).toContainEqual(['deadline.escalated', cast.general_manager.id])
  })
})

it('CUS-05: a provisional customer from before there were clocks gets one, from the day it was recorded', async () => {
  const { id } = await make.customer()
  await pool.query(`update customer set created_at = $2 where id = $1`, [id, at('2026-11-20 10:00')])
  await Promise.all([sweep(at('2026-11-20 11:00')), sweep(at('2026-11-20 11:00'))])
  const found = await db.deadline.findMany({ where: { customerId: id, kind: 'customer.confirmation' } })
  expect(found).toMatchObject([{ startedAt: at('2026-11-20 10:00'), dueAt: at('2026-11-23 17:30') }])
})
