import { beforeAll, describe, expect, it } from 'vitest'
import { decideRequest } from '../../src/approvals/deciding.ts'
import { fileMany } from '../../src/approvals/filing.ts'
import { inboxCounts, inboxFor } from '../../src/approvals/inbox.ts'
import { addSigner } from '../../src/approvals/signers.ts'
import { change } from '../../src/audit/change.ts'
import { db, pool } from '../../src/db.ts'
import { sweep } from '../../src/deadlines/jobs.ts'
import { deadlineFor, deadlinesFor } from '../../src/deadlines/queries.ts'
import { NotFound } from '../../src/lib/refused.ts'
import type { Cast, Person } from '../support/cast.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { asked, at, delegate, now, stepsIn, withProbe, type Asked } from './probe.ts'

await ownDatabase('approvals_late')
withProbe({ steps: [{ role: 'dept_head', instead: ['general_manager'] }] })

let cast: Cast
let place: { departmentId: bigint; regionId: null }
beforeAll(async () => {
  cast = await theCast()
  place = { departmentId: (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id, regionId: null }
})

const late = async (by: { id: bigint } = cast.sales) => asked(by, { place })
const clockOf = async (request: Asked, n = 1) =>
  db.deadline.findFirstOrThrow({
    where: { subject: `approval_step:${(await stepsIn(request))[n - 1]!.id}` },
    orderBy: { id: 'desc' },
  })
const eventsOf = async (request: Asked, n = 1) =>
  (
    await db.deadlineEvent.findMany({ where: { deadlineId: (await clockOf(request, n)).id }, orderBy: { id: 'asc' } })
  ).map(({ kind, detail }) => ({ kind, ...(detail as object) }))
const toldOf = async (request: Asked, kind: string) =>
  (
    await db.notice.findMany({ where: { kind, href: `/approvals/${request.number}` }, orderBy: { staffId: 'asc' } })
  ).map(({ staffId }) => staffId)
const ids = (...people: Person[]) => people.map(({ id }) => id).sort((a, b) => Number(a - b))
const decide = async (who: Person, { id }: Asked, when: Date) =>
  decideRequest(await actorOf(who), id, { verdict: 'approve', reason: null, version: 1 }, when)

describe('APR-05: a step that is late', () => {
  it('reminds whoever can sign, then lets the next senior sign as well, and says so', async () => {
    const [applicant, deputy] = [await make.staff([{ role: 'dept_head' }]), await make.staff()]
    await delegate(cast.dept_head, deputy)
    await delegate(applicant, await make.staff())
    const request = await late(applicant)
    expect((await clockOf(request)).dueAt).toEqual(at('2026-11-24 17:30'))

    await sweep(at('2026-11-24 09:00'))
    expect(await toldOf(request, 'deadline.soon')).toEqual(ids(cast.dept_head, deputy))
    await sweep(at('2026-11-24 17:30'))
    expect(await toldOf(request, 'deadline.overdue')).toEqual([])
    await sweep(at('2026-11-24 17:31'))
    expect(await toldOf(request, 'deadline.overdue')).toEqual(ids(cast.dept_head, deputy))
    expect(await refusalOf(decide(cast.sales_director, request, at('2026-11-25 10:00')))).toEqual([
      'APR-01 approvals:refused.notYours',
    ])

    const then = at('2026-11-25 17:31')
    expect(await sweep(then)).toMatchObject({ escalated: 1 })
    expect(await sweep(then)).toMatchObject({ escalated: 0 })
    expect(await eventsOf(request)).toMatchObject([
      { kind: 'soon', to: 'step', state: 'sent' },
      { kind: 'overdue', to: 'step', state: 'sent' },
      { kind: 'escalated', rung: 1, to: 'sales_director', state: 'sent', staff: [String(cast.sales_director.id)] },
    ])
    expect(await toldOf(request, 'deadline.escalated')).toEqual([cast.sales_director.id])
    expect(await stepsIn(request)).toMatchObject([{ role: 'dept_head', seniorRole: 'sales_director', state: 'open' }])
    expect(await db.auditEntry.count({ where: { subject: request.subject, action: 'approval.senior' } })).toBe(1)
    const director = await actorOf(cast.sales_director)
    const numbers = (await inboxFor(director, {}, then)).rows.map(({ number }) => number)
    expect(numbers).toContain(request.number)
    expect((await inboxCounts(director, then)).find(({ kind }) => kind === 'customer.key_fields')).toMatchObject({
      late: 1,
    })
    expect(await decide(cast.sales_director, request, then)).toBe('approved')
    expect((await clockOf(request)).metAt).toEqual(then)
    await pool.query('delete from delegation_kind')
    await pool.query('delete from role_grant where staff_id = $1', [applicant.id])
  })

  it('climbs on where nobody is the next senior, and keeps that on record', async () => {
    await pool.query(`update staff set state = 'suspended' where id = $1`, [cast.sales_director.id])
    const request = await late()
    await sweep(at('2026-11-25 17:31'))
    await pool.query(`update staff set state = 'active' where id = $1`, [cast.sales_director.id])
    expect((await eventsOf(request)).at(-1)).toMatchObject({
      kind: 'escalated',
      to: 'sales_director',
      state: 'failed',
      reason: 'nobody',
      instead: 'general_manager',
      staff: [String(cast.general_manager.id)],
    })
    expect(await stepsIn(request)).toMatchObject([{ seniorRole: 'general_manager' }])
    expect(await decide(cast.general_manager, request, at('2026-11-26 09:00'))).toBe('approved')
  })

  it('passes over the applicant who is the senior; above the general manager is nobody', async () => {
    const request = await late(cast.sales_director)
    await sweep(at('2026-11-25 17:31'))
    expect(await stepsIn(request)).toMatchObject([{ seniorRole: 'general_manager' }])
    expect(await toldOf(request, 'deadline.escalated')).toEqual([cast.general_manager.id])
    const alone = await asked(cast.sales, { place: { departmentId: null, regionId: null } })
    expect(await stepsIn(alone)).toMatchObject([{ role: 'general_manager', insteadOf: 'dept_head' }])
    await sweep(at('2026-11-25 17:32'))
    expect((await eventsOf(alone)).at(-1)).toMatchObject({ kind: 'escalated', to: 'senior', state: 'failed' })
    expect(await stepsIn(alone)).toMatchObject([{ seniorRole: null }])
  })

  it('of a colleague who was asked to sign: who asked does not sign instead, and their time begins when it comes', async () => {
    const colleague = await make.staff([{ role: 'cs_manager' }])
    const request = await late()
    await sweep(at('2026-11-24 17:31'))
    await addSigner(
      await actorOf(cast.dept_head),
      request.id,
      { staff: colleague.number, reason: null, version: 1 },
      at('2026-11-24 18:00'),
    )
    const asking = (await stepsIn(request))[1]!
    const clocks = await db.deadline.findMany({ where: { subject: `approval_step:${asking.id}` } })
    expect(clocks).toMatchObject([{ cancelledAt: at('2026-11-24 18:00'), breachedAt: at('2026-11-24 17:30') }])
    expect((await clockOf(request)).dueAt).toEqual(at('2026-11-25 17:30'))
    await sweep(at('2026-11-26 17:31'))
    expect(await toldOf(request, 'deadline.escalated')).toEqual([cast.sales_director.id])
    expect(await stepsIn(request)).toMatchObject([
      { staffId: colleague.id, seniorRole: 'sales_director' },
      { state: 'waiting' },
    ])
  })

  it('where the object’s own clock runs, none runs beside it', async () => {
    const { id } = await make.customer()
    const filing = {
      subject: `customer:${id}`,
      customerId: id,
      place: { departmentId: null, regionId: null },
      basis: '1',
    }
    const filed = await change(await actorOf(cast.sales), async (tx, audit) => {
      await audit('approval.filed', filing.subject)
      return fileMany(tx, 'customer.confirmation', [filing], cast.sales.id, now)
    })
    const steps = await stepsIn(filed[0]!)
    expect(steps).toMatchObject([{ state: 'open' }])
    expect(await db.deadline.count({ where: { subject: `approval_step:${steps[0]!.id}` } })).toBe(0)
  })
})

describe('CAL-03, APR-05: at the number itself', () => {
  const before = (moment: Date) => new Date(moment.getTime() - 1)

  it.each([
    [1, at('2026-11-24 17:30')],
    [3, at('2026-11-26 17:30')],
  ])(
    'CAL-03 approvals.step_days: in time until the close of working day %i, late a moment after',
    async (days, due) => {
      await under({ 'approvals.step_days': days }, async () => {
        const request = await late()
        await sweep(due)
        expect(await clockOf(request)).toMatchObject({ dueAt: due, breachedAt: null, overdueNotedAt: null })
        await sweep(new Date(due.getTime() + 1))
        expect(await clockOf(request)).toMatchObject({ breachedAt: due })
        await decide(cast.dept_head, request, due)
      })
    },
  )

  it.each([
    [1, at('2026-11-25 17:30')],
    [2, at('2026-11-26 17:30')],
  ])(
    'CAL-03 approvals.senior_days: the senior may sign after working day %i, not a moment before',
    async (days, moment) => {
      await under({ 'approvals.senior_days': days }, async () => {
        const request = await late()
        await sweep(before(moment))
        expect(await stepsIn(request)).toMatchObject([{ seniorRole: null }])
        await sweep(moment)
        expect(await stepsIn(request)).toMatchObject([{ seniorRole: 'sales_director' }])
        await decide(cast.dept_head, request, moment)
      })
    },
  )

  it.each([30, 7])('CAL-03 approvals.expiry_days: may be decided until %i days are over', async (days) => {
    await under({ 'approvals.expiry_days': days }, async () => {
      const [inTime, over] = [await late(), await late()]
      const end = new Date(now.getTime() + days * 86_400_000)
      expect(await decide(cast.dept_head, inTime, before(end))).toBe('approved')
      expect(await refusalOf(decide(cast.dept_head, over, end))).toEqual(['APR-02 approvals:refused.overDue'])
    })
  })
})

describe('CAL-02: deadlines of approvals in the list', () => {
  it('for whoever signs or asked, with the way there; for nobody else', async () => {
    const request = await late()
    const { id } = await clockOf(request)
    const query = { state: '', kind: 'approval.step', mine: '' } as const
    const listed = async (who: Person) => {
      const { rows, counts } = await deadlinesFor(await actorOf(who), query, now)
      const found = rows.find((row) => row.id === id)
      expect(counts.ontime + counts.soon + counts.overdue).toBe(rows.length)
      return found?.step ?? null
    }
    const step = { number: request.number, kind: 'customer.key_fields', role: 'dept_head', senior: null, staff: null }
    for (const who of [cast.sales, cast.dept_head, cast.auditor]) {
      expect(await listed(who)).toEqual(step)
      expect((await deadlineFor(await actorOf(who), String(id))).step).toEqual(step)
    }
    for (const who of [cast.sales_director, cast.front_desk]) {
      expect(await listed(who)).toBeNull()
      await expect(deadlineFor(await actorOf(who), String(id))).rejects.toThrow(NotFound)
    }
  })
})
