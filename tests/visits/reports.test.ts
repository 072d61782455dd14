import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db, pool, writer } from '../../src/db.ts'
import { dateText, dayStart } from '../../src/lib/dates.ts'
import { dayOf } from '../../src/lib/days.ts'
import { Forbidden, Stale } from '../../src/lib/refused.ts'
import { unreportedOf } from '../../src/visits/clocks.ts'
import type { Visit } from '../../src/visits/queries.ts'
import { submitReport } from '../../src/visits/reports/commands.ts'
import { costProblems } from '../../src/visits/reports/costs.ts'
import { reportForm } from '../../src/visits/reports/forms.ts'
import { startDueReports } from '../../src/visits/reports/jobs.ts'
import { readTogether, reviewReport } from '../../src/visits/reports/reviewing.ts'
import { isLate, notBegun, reportProblems } from '../../src/visits/reports/rules.ts'
import { arrive } from '../../src/visits/changing/arriving.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'
import { under } from '../support/regulation.ts'
import { aPlan, aVisit, visitNow } from '../support/visits.ts'

const at = (hours: number, days = 0) => new Date(dayStart('2027-03-01', days).getTime() + hours * 3_600_000)
const forenoon = (days = 0) => ({ startsAt: at(10, days) })
const whole = {
  version: '0',
  reached: 'reached',
  content: '谈了明年的用量。',
  findings: '仓库刚扩建。',
  feedback: '嫌交期长。',
  competitors: '山海经纬报价低一成。',
  nextStep: '寄样品。',
}
const typed = (more: Record<string, string> = {}) => reportForm.parse({ ...whole, ...more })

let sales: Actor
let head: Actor
let place: bigint
beforeAll(async () => {
  const people = await theCast()
  sales = await actorOf(people.sales)
  head = await actorOf(people.dept_head)
  place = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
})

/** A visit that the head of 城东营业部 sees. */
async function aSeenVisit(more: Parameters<typeof aVisit>[0] = {}): Promise<Visit> {
  const visit = await aVisit({ ...forenoon(), ...more })
  await pool.query('update visit set department_id = $2 where id = $1', [visit.id, place])
  return visitNow(visit)
}
const aDoneVisit = (more: Parameters<typeof aVisit>[0] = {}) => aSeenVisit({ state: 'done', ...more })
const reported = async (more: Parameters<typeof aVisit>[0] = {}, by = at(12)) => {
  const visit = await aDoneVisit(more)
  await submitReport(sales, visit, typed(), by)
  return visitNow(visit)
}
const reportOf = ({ id }: Visit) => db.visitReport.findUniqueOrThrow({ where: { visitId: id } })
const clocksOf = ({ id }: Visit) => db.deadline.findMany({ where: { subject: `visit:${id}` }, orderBy: { id: 'asc' } })
const linesOf = (visit: Visit, action: string) =>
  db.auditEntry.findMany({ where: { subject: `customer:${visit.customerId}`, action }, orderBy: { id: 'asc' } })
type Said = { rule: string; reason: string; field?: string }
const refusalsOf = async (work: Promise<unknown>) => {
  const { refusals } = (await work.then(() => ({ refusals: [] })).catch((error: unknown) => error)) as {
    refusals: Said[]
  }
  return refusals.map(({ rule, reason, field }) => `${rule} ${reason.split('.')[1]} ${field ?? ''}`.trim())
}

describe('VIS-06: what a form made by hand says', () => {
  it('VIS-06: an answer to a question that there is not is left out, and the report stands', async () => {
    const visit = await aDoneVisit()
    const sent = typed({ 'answer-999999999999': '什么也没有问', 'met-999999999999': 'on', 'with-999999999999': 'on' })
    expect(await submitReport(sales, visit, sent, at(12))).toBe('reported')
  })
})

describe('VIS-06: what a report says', () => {
  const problems = (more: Record<string, string>, asked: { id: bigint; required: boolean }[] = []) =>
    reportProblems(typed(more), asked, '2027-03-01').map(
      ({ rule, reason, field }) => `${rule} ${reason.split('.')[1]} ${field}`,
    )

  it.each([
    ['as it is', {}, []],
    ['an empty section', { findings: ' ' }, ['VIS-06 missing findings']],
    ['not whether it was reached', { reached: '' }, ['VIS-06 missing reached']],
    ['the next step before the visit', { nextOn: '2027-02-28' }, ['VIS-06 nextBefore nextOn']],
    ['the next step on the day', { nextOn: '2027-03-01' }, []],
    ['a promise without a day', { promiseWhat1: '寄样品' }, ['VIS-07 rowIncomplete promiseDue1']],
    ['somebody without a name', { personPost2: '库管' }, ['VIS-06 rowIncomplete personName2']],
    ['a cost without a sum', { costWhat1: '打车' }, ['VIS-04 rowIncomplete costAmount1']],
    ['a note that says nothing', { noteAbout1: '山海经纬' }, ['VIS-13 rowIncomplete noteText1']],
  ])('VIS-06: %s', (_name, more, expected) => {
    expect(problems(more)).toEqual(expected)
  })

  it('VIS-12: a gift says what it was and what became of it; that it was accepted cannot be said', () => {
    expect(problems({ giftWhat1: '两盒茶叶' })).toEqual(['VIS-12 rowIncomplete giftOutcome1'])
    expect(problems({ giftBy1: '白露', giftOutcome1: 'declined' })).toEqual(['VIS-12 rowIncomplete giftWhat1'])
    expect(reportForm.safeParse({ ...whole, giftWhat1: '茶', giftOutcome1: 'accepted' }).success).toBe(false)
  })

  it('VIS-06: a required question is answered, another need not be', () => {
    const asked = [
      { id: 7n, required: true },
      { id: 8n, required: false },
    ]
    expect(problems({}, asked)).toEqual(['VIS-06 answer answer-7'])
    expect(problems({ 'answer-7': ' 有 ' }, asked)).toEqual([])
  })

  it('VIS-06: no report of what is still to come', () => {
    const visit = { startsAt: at(10), timed: true }
    expect(notBegun(visit, at(9.9))).toHaveLength(1)
    expect(notBegun(visit, at(10))).toEqual([])
    expect(notBegun({ ...visit, timed: false }, at(0))).toEqual([])
    expect(notBegun({ ...visit, timed: false }, at(23, -1))).toHaveLength(1)
  })

  it('VIS-06, CAL-03: visits.report_days: 24:00 of the second day itself is in time; late is what comes after it, and once late stays so', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.boolean(), (late, before) => {
        const now = new Date(at(0).getTime() + late)
        expect(isLate(before, at(0), now)).toBe(before || late > 0)
        expect(isLate(before, null, now)).toBe(before)
      }),
    )
  })

  it('VIS-06: what is no field of the form is refused, and money that is none', () => {
    const fields = (more: object) => {
      const found = reportForm.safeParse({ ...whole, ...more })
      return found.success ? [] : found.error.issues.map(({ path }) => path.join('.'))
    }
    expect(fields({ extra: '1' })).toEqual(['extra'])
    expect(fields({ 'met-x': 'on' })).toEqual(['met-x'])
    expect(fields({ 'actual-7': '三百' })).toEqual(['actual-7'])
    expect(fields({ 'actual-7': '' })).toEqual([])
  })
})

describe('VIS-04: what was spent', () => {
  const row = { kind: 'travel', what: '车票', quantity: 1, price: '250.00', total: '250.00', actual: null } as const
  const limit = () => 300
  const found = (rows: Parameters<typeof costProblems>[0], more: Record<string, string>) =>
    costProblems(rows, typed(more), limit).map(({ reason, field }) => `${reason.split('.')[1]} ${field}`)

  it.each([
    ['within the limit', [{ ...row, id: 1n, state: 'within' as const }], { 'actual-1': '300' }, []],
    ['above it', [{ ...row, id: 1n, state: 'within' as const }], { 'actual-1': '301' }, ['spentOverLimit actual-1']],
    [
      'not approved yet',
      [{ ...row, id: 1n, state: 'asked' as const }],
      { 'actual-1': '1' },
      ['spendingWaits actual-1'],
    ],
    ['refused', [{ ...row, id: 1n, state: 'refused' as const }], { 'actual-1': '1' }, ['spendingRefused actual-1']],
    ['refused and not spent', [{ ...row, id: 1n, state: 'refused' as const }], { 'actual-1': '' }, []],
    ['besides, within', [], { costWhat1: '打车', costAmount1: '300' }, []],
    ['besides, above', [], { costWhat1: '打车', costAmount1: '300.01' }, ['spentOverLimit costAmount1']],
    [
      'besides, above with what was spent',
      [{ ...row, id: 1n, state: 'within' as const }],
      { 'actual-1': '250', costWhat1: '打车', costAmount1: '51' },
      ['spentOverLimit costAmount1'],
    ],
    [
      'besides, what was planned was not spent',
      [{ ...row, id: 1n, state: 'within' as const }],
      { 'actual-1': '', costWhat1: '打车', costAmount1: '300' },
      [],
    ],
  ])('VIS-04: %s', (_name, rows, more, expected) => {
    expect(found(rows, more)).toEqual(expected)
  })
})

describe('VIS-06: submitting', () => {
  it('VIS-06: in time; the clock is met, the customer was visited, the trail tells what was written', async () => {
    const visit = await aDoneVisit()
    await startDueReports(at(11))
    expect(await submitReport(sales, visit, typed({ nextOn: '2027-03-05' }), at(23.9, 2))).toBe('reported')
    const after = await visitNow(visit)
    expect(after).toMatchObject({ state: 'reported', reportLate: false, reportedAt: at(23.9, 2), byManager: false })
    expect(after.reportDueAt).toEqual(at(0, 3))
    expect(await clocksOf(visit)).toMatchObject([{ kind: 'visit.report', metAt: at(23.9, 2) }])
    const customer = await db.customer.findUniqueOrThrow({ where: { id: visit.customerId! } })
    expect([customer.contactedOn, customer.managerContactedOn]).toEqual([dayOf('2027-03-01'), null])
    const [line] = await linesOf(visit, 'visit.reported')
    expect(line).toMatchObject({
      before: { part: `visit:${visit.id}`, version: 0, content: '' },
      after: { visit: visit.number, content: whole.content, nextOn: '2027-03-05', part: `visit:${visit.id}` },
    })
  })

  it('VIS-06: a moment too late is late, marked and kept, also where no sweep came by', async () => {
    const visit = await aDoneVisit()
    expect(await submitReport(sales, visit, typed(), new Date(at(0, 3).getTime() + 1))).toBe('late')
    expect(await visitNow(visit)).toMatchObject({ state: 'reported', reportLate: true })
    const [clock] = await clocksOf(visit)
    expect(clock!.breachedAt).toEqual(at(0, 3))
  })

  it('VIS-06: nobody pressed “arrived”: it was made as planned; before its time nothing is reported', async () => {
    const visit = await aSeenVisit()
    expect(await refusalsOf(submitReport(sales, visit, typed(), at(9)))).toEqual(['VIS-06 notYet'])
    expect((await visitNow(visit)).state).toBe('approved')
    await submitReport(sales, visit, typed(), at(12))
    expect(await visitNow(visit)).toMatchObject({ state: 'reported', arrivedAt: at(10) })
    expect(await linesOf(visit, 'visit.arrived')).toHaveLength(1)
  })

  it('VIS-10: a manager who came along counts as a manager’s contact', async () => {
    const visit = await aDoneVisit({ companions: [head.id] })
    const contactedOf = async () =>
      (await db.customer.findUniqueOrThrow({ where: { id: visit.customerId! } })).managerContactedOn
    await submitReport(sales, visit, typed({ [`with-${head.id}`]: 'on' }), at(12))
    // By the author's word alone it is not one.
    expect([(await visitNow(visit)).byManager, await contactedOf()]).toEqual([false, null])
    await reviewReport(head, visit, { decision: 'read', reason: null, version: 1 }, at(13))
    expect([(await visitNow(visit)).byManager, await contactedOf()]).toEqual([true, dayOf('2027-03-01')])
    expect((await linesOf(visit, 'visit.report_reviewed'))[0]!.after).toMatchObject({ managers: head.name })
    const alone = await aDoneVisit({ companions: [head.id] })
    await submitReport(sales, alone, typed(), at(12))
    await reviewReport(head, alone, { decision: 'read', reason: null, version: 1 }, at(13))
    expect((await visitNow(alone)).byManager).toBe(false)
  })

  it('VIS-10: a correction that takes a manager out takes the contact back, as far as it was the last', async () => {
    const visit = await aDoneVisit({})
    const customer = { id: visit.customerId! }
    await submitReport(sales, visit, typed(), at(12))
    // As it was counted before the head's word was asked.
    await pool.query('update visit set by_manager = true where id = $1', [visit.id])
    await pool.query('update customer set manager_contacted_on = contacted_on where id = $1', [customer.id])
    await submitReport(sales, visit, typed({ version: '1', content: '只有我一人去' }), at(13))
    const left = await db.customer.findUniqueOrThrow({ where: customer })
    expect([left.contactedOn, left.managerContactedOn]).toEqual([dayOf('2027-03-01'), null])
  })

  it('VIS-12: what was offered, promised, heard and spent stands beside it, and who was met', async () => {
    const people = [
      { contactId: null, name: '白露', post: '采购' },
      { contactId: null, name: '霜降', post: null },
    ]
    const spendings = [{ kind: 'travel', what: '车票', quantity: 1, price: '80.00' } as const]
    const visit = await aDoneVisit({ people, spendings })
    const planned = await db.visitPerson.findMany({ where: { visitId: visit.id }, orderBy: { id: 'asc' } })
    const cost = await db.visitSpending.findFirstOrThrow({ where: { visitId: visit.id } })
    const more = {
      [`met-${planned[0]!.id}`]: 'on',
      personName1: '立秋',
      [`actual-${cost.id}`]: '76',
      costWhat1: '停车',
      costAmount1: '12',
      giftWhat1: '两盒茶叶',
      giftOutcome1: 'returned',
      giftWorth1: '200',
      promiseWhat1: '寄样品清单',
      promiseDue1: '2027-03-08',
      noteText1: '山海经纬在本地开仓',
      noteKind1: 'competitor',
    }
    await submitReport(sales, visit, typed(more), at(12))
    const met = await db.visitPerson.findMany({ where: { visitId: visit.id }, orderBy: { id: 'asc' } })
    expect(met.map(({ name, met: there, planned: was }) => [name, there, was])).toEqual([
      ['白露', true, true],
      ['霜降', false, true],
      ['立秋', true, false],
    ])
    const costs = await db.visitSpending.findMany({ where: { visitId: visit.id }, orderBy: { id: 'asc' } })
    expect(costs.map(({ what, actual, state }) => [what, actual!.toFixed(2), state])).toEqual([
      ['车票', '76.00', 'within'],
      ['停车', '12.00', 'within'],
    ])
    expect(await db.offeredGift.findMany({ where: { visitId: visit.id } })).toMatchObject([
      { what: '两盒茶叶', outcome: 'returned', byId: sales.id },
    ])
    const promise = await db.customerPromise.findFirstOrThrow({ where: { visitId: visit.id }, include: { task: true } })
    expect(promise).toMatchObject({ promisedOn: dayOf('2027-03-01'), task: { title: '寄样品清单', ownerId: sales.id } })
    expect(await db.marketNote.findMany({ where: { visitId: visit.id } })).toMatchObject([{ kind: 'competitor' }])
  })

  it('VIS-04: one thing refused, and nothing of the report is written', async () => {
    const visit = await aDoneVisit()
    const more = {
      giftWhat1: '茶',
      giftOutcome1: 'declined',
      costWhat1: '酒店',
      costAmount1: '5000',
      contractSigned: 'on',
    }
    expect(await refusalsOf(submitReport(sales, visit, typed(more), at(12)))).toEqual([
      'VIS-04 spentOverLimit costAmount1',
      'VIS-15 noContract contractSigned',
    ])
    expect(
      await refusalsOf(
        submitReport(
          sales,
          visit,
          typed({ promiseWhat1: '寄样', promiseDue1: '2027-03-08', promiseOwner1: '无此人' }),
          at(12),
        ),
      ),
    ).toEqual(['VIS-06 nobodyCalled promiseOwner1'])
    expect(await db.offeredGift.count({ where: { visitId: visit.id } })).toBe(0)
    expect(await visitNow(visit)).toMatchObject({ state: 'done', reportedAt: null })
  })

  it('VIS-02: the next visit joins the plan of its month; a plan handed in takes no more', async () => {
    const owner = await actorOf(await make.staff([{ role: 'sales' }]))
    const visit = await aVisit({ ...forenoon(), state: 'done', by: owner })
    const next = (on: string) => submitReport(owner, visit, typed({ nextVisitOn: on }), at(12))
    expect(await refusalsOf(next('2027-03-01'))).toEqual(['VIS-01 nextPast nextVisitOn'])
    const plan = await aPlan({ by: owner, month: '2027-04' })
    await next('2027-04-08')
    const lines = await db.visit.findMany({ where: { planId: plan.id } })
    expect(lines).toMatchObject([
      { party: visit.party, state: 'draft', onDay: dayOf('2027-04-08'), timed: false, agenda: whole.nextStep },
    ])
    await pool.query(`update visit_plan set state = 'approved', submitted_at = now() where id = $1`, [plan.id])
    const other = await aVisit({ ...forenoon(), state: 'done', by: owner })
    expect(await refusalsOf(submitReport(owner, other, typed({ nextVisitOn: '2027-04-09' }), at(12)))).toEqual([
      'VIS-01 nextPlanClosed nextVisitOn',
    ])
  })

  it('VIS-01, VIS-02: the next visit begins the plan of a month that has none; refused, neither is there', async () => {
    const owner = await actorOf(await make.staff([{ role: 'sales' }]))
    const visit = await aVisit({ ...forenoon(), state: 'done', by: owner })
    const next = (on: string) => submitReport(owner, visit, typed({ nextVisitOn: on }), at(12))
    expect(await refusalsOf(next('2028-04-08'))).toEqual(['VIS-01 monthFar nextVisitOn'])
    expect(await db.visitPlan.count({ where: { ownerId: owner.id } })).toBe(0)
    await next('2027-04-08')
    const plan = await db.visitPlan.findFirstOrThrow({ where: { ownerId: owner.id } })
    expect(plan).toMatchObject({ state: 'draft', month: dayOf('2027-04-01') })
    expect(await db.visit.findMany({ where: { planId: plan.id } })).toMatchObject([{ party: visit.party }])
    const trail = await db.auditEntry.findMany({ where: { subject: `visit_plan:${plan.id}` } })
    expect(trail.map(({ action }) => action)).toEqual(['visit_plan.begun'])
  })

  it('VIS-06: nobody reports another’s visit', async () => {
    const visit = await aDoneVisit()
    await expect(submitReport(head, visit, typed(), at(12))).rejects.toThrow(Forbidden)
  })
})

describe('VIS-06: correcting and reviewing', () => {
  it('VIS-06: corrected until it is read; two windows meet on the conflict screen; sent twice it is recorded once', async () => {
    const visit = await reported()
    expect(await submitReport(sales, visit, typed({ version: '1', content: '谈了明年的价格。' }), at(13))).toBe(
      'corrected',
    )
    const [line] = await linesOf(visit, 'visit.report_corrected')
    expect(line).toMatchObject({ before: { content: whole.content }, after: { content: '谈了明年的价格。' } })
    const late = submitReport(sales, visit, typed({ version: '1', content: '谈了别的。' }), at(13))
    const stale = (await late.catch((error: unknown) => error)) as Stale
    expect(stale).toBeInstanceOf(Stale)
    expect(stale.conflict.before['content']).toBe(whole.content)
    expect(stale.conflict.theirs['content']).toBe('谈了明年的价格。')
    const again = typed({ version: '0', content: '谈了明年的价格。', giftWhat1: '茶', giftOutcome1: 'declined' })
    expect(await refusalsOf(submitReport(sales, visit, again, at(13)))).toEqual(['VIS-06 already'])
    await reviewReport(head, visit, { decision: 'read', reason: '好', version: 2 }, at(14))
    expect(
      await refusalsOf(submitReport(sales, visit, typed({ version: '3', content: '谈了明年的价格。' }), at(15))),
    ).toEqual(['VIS-06 reviewed'])
  })

  it('VIS-06: sent back it is waited for anew; the first lateness stays, the owner is told', async () => {
    const visit = await reported({}, at(9, 4))
    expect(visit.reportLate).toBe(true)
    expect(
      await refusalsOf(reviewReport(head, visit, { decision: 'return', reason: null, version: 1 }, at(10, 4))),
    ).toEqual(['VIS-06 reasonMissing reason'])
    await reviewReport(head, visit, { decision: 'return', reason: '竞争对手写清楚', version: 1 }, at(10, 4))
    const back = await visitNow(visit)
    expect(back).toMatchObject({ state: 'done', reportDueAt: at(0, 7) })
    expect(await db.notice.findMany({ where: { staffId: sales.id, subject: `visit:${visit.id}` } })).toMatchObject([
      { kind: 'visit.report_returned' },
    ])
    expect(
      await submitReport(sales, back, typed({ version: '2', competitors: '山海经纬：低一成，送货快。' }), at(11, 4)),
    ).toBe('late')
    expect(await reportOf(visit)).toMatchObject({ returnedAt: null, submittedAt: at(11, 4), reviewedAt: null })
    expect((await clocksOf(visit)).filter(({ metAt }) => metAt === null)).toEqual([])
  })

  it('PPL-02: a head does not review what is the head’s own', async () => {
    const visit = await aVisit({ ...forenoon(), state: 'done', by: head })
    await pool.query('update visit set department_id = $2 where id = $1', [visit.id, place])
    await submitReport(head, visit, typed(), at(12))
    await expect(reviewReport(head, visit, { decision: 'read', reason: null, version: 1 }, at(13))).rejects.toThrow(
      Forbidden,
    )
    expect(await refusalsOf(readTogether(head, [{ number: visit.number, version: 1 }], at(13)))).toEqual([
      'VIS-06 notWaiting',
    ])
  })

  it('VIS-06: several at once; what changed since is left', async () => {
    const [one, other] = [await reported(), await reported()]
    await submitReport(sales, other, typed({ version: '1', content: '改了。' }), at(13))
    const ticked = [one, other].map(({ number }) => ({ number, version: 1 }))
    expect(await readTogether(head, ticked, at(14))).toEqual({ done: 1, left: 1 })
    expect((await reportOf(one)).reviewedById).toBe(head.id)
    expect((await reportOf(other)).reviewedAt).toBeNull()
  })
})

describe('VIS-06: the clock runs by itself', () => {
  it('VIS-06: from the planned end, whether anybody pressed “arrived” or not, and once', async () => {
    const made = await aSeenVisit()
    const coming = await aSeenVisit(forenoon(1))
    await startDueReports(at(10.6))
    expect(await clocksOf(made)).toEqual([])
    await startDueReports(at(12))
    await startDueReports(at(12))
    expect(await clocksOf(made)).toMatchObject([
      { kind: 'visit.report', startedAt: at(10 + 40 / 60), dueAt: at(0, 3), ownerId: sales.id },
    ])
    expect((await visitNow(made)).reportDueAt).toEqual(at(0, 3))
    expect(await clocksOf(coming)).toEqual([])
  })

  it('VIS-06: an arrival runs the same clock on', async () => {
    const visit = await aSeenVisit()
    await arrive(sales, visit, 'now', at(10.1))
    await startDueReports(at(12))
    expect(await clocksOf(visit)).toHaveLength(1)
  })

  it('VIS-06, CAL-03: visits.report_working: until the close of the second working day', async () => {
    // 2027-03-05 is a Friday: the second working day is Tuesday.
    const visit = await aSeenVisit(forenoon(4))
    await under({ 'visits.report_clock': 'working_days' }, () => startDueReports(at(12, 4)))
    const [clock] = await clocksOf(visit)
    expect(clock).toMatchObject({ kind: 'visit.report_working' })
    expect(dateText(clock!.dueAt)).toBe('2027-03-09')
  })

  it('VIS-06: overdue ones are counted, made or not; reported ones are not', async () => {
    const owner = await actorOf(await make.staff([{ role: 'sales' }]))
    const visits = [
      await aVisit({ ...forenoon(), by: owner }),
      await aVisit({ ...forenoon(), by: owner, state: 'done' }),
    ]
    await aVisit({ ...forenoon(1), by: owner })
    await startDueReports(at(12, 1))
    const count = (now: Date) => unreportedOf(writer, owner.id, now)
    expect([await count(at(0, 3)), await count(at(0.1, 3)), await count(at(0.1, 4))]).toEqual([0, 2, 3])
    await submitReport(owner, visits[1]!, typed(), at(1, 3))
    expect(await count(at(2, 3))).toBe(1)
  })
})

describe('VIS-08: what was learned goes into the record', () => {
  async function aKnownVisit() {
    const visit = await aDoneVisit()
    const customerId = visit.customerId!
    const { rows } = await pool.query<{ id: string }>(
      `insert into contact (customer_id, name, post, phones, grams, search_text, created_at, main)
       values ($1, '白露', '采购', '{13900001234}', '{}', '白露', now(), true) returning id`,
      [customerId],
    )
    await pool.query(`update customer set phone = '0571-85550123', address = '渡口路 2 号' where id = $1`, [customerId])
    return { visit, customerId, contact: rows[0]!.id }
  }

  it('VIS-08: from the report’s page, with the visit as its source; masked values left alone stay', async () => {
    const { visit, customerId, contact } = await aKnownVisit()
    const browser = await signIn((await theCast()).sales)
    const url = `/visits/${visit.number}/report`
    const fields = await browser.fieldsOf(url)
    expect(fields['factPhone']).not.toContain('85550123')
    expect(fields[`contactPhones-${contact}`]).toBe('139****1234')
    const page = await browser.submit(url, {
      ...whole,
      factAddress: '渡口路 8 号',
      [`contactPost-${contact}`]: '采购经理',
      [`verify-contact-${contact}`]: 'on',
      personName1: '霜降',
      personPhone1: '13900005678',
    })
    expect(page.$('.errors').text()).toBe('')
    expect(page.$('#report').text()).toContain(whole.content)
    expect(await db.customer.findUniqueOrThrow({ where: { id: customerId } })).toMatchObject({
      phone: '0571-85550123',
      address: '渡口路 8 号',
    })
    const people = await db.contact.findMany({ where: { customerId }, orderBy: { id: 'asc' } })
    expect(people).toMatchObject([
      { name: '白露', post: '采购经理', phones: ['13900001234'] },
      { name: '霜降', phones: ['13900005678'] },
    ])
    const [line] = await linesOf(visit, 'customer.corrected')
    expect(line).toMatchObject({
      before: { address: '渡口路 2 号' },
      after: { address: '渡口路 8 号', way: 'visit', wayNote: visit.number },
    })
    const known = await db.verification.findMany({
      where: { customerId, part: { in: ['reach', `contact:${contact}`] } },
    })
    expect(known.map(({ part, way, note }) => [part, way, note]).toSorted()).toEqual([
      [`contact:${contact}`, 'visit', visit.number],
      ['reach', 'visit', visit.number],
    ])
  })

  it('VIS-08: what changed meanwhile is shown before it is written over; what nobody touched is left', async () => {
    const { visit, customerId } = await aKnownVisit()
    const browser = await signIn((await theCast()).sales)
    const url = `/visits/${visit.number}/report`
    const fields = { ...(await browser.fieldsOf(url)), ...whole, factPhone: '0571-85550199' }
    await pool.query(`update customer set address = '渡口路 5 号', version = version + 1 where id = $1`, [customerId])
    await pool.query(`update customer set phone = '0571-85550188' where id = $1`, [customerId])
    const refused = await browser.submit(url, { ...whole, ...fields })
    expect(refused.$('.errors [data-rule="VIS-08"]').text()).toContain('档案里改成了')
    expect(refused.$('[name=factPhone]').val()).toBe('0571-85550199')
    expect(refused.$('[name=factAddress]').val()).toBe('渡口路 5 号')
    expect(refused.$('[name=content]').val()).toBe(whole.content)
    expect((await visitNow(visit)).state).toBe('done')
  })

  it('VIS-08: a customer that is not one’s own is not corrected from a visit', async () => {
    const other = await make.staff([{ role: 'sales' }])
    const customer = await make.customer({ ownerId: other.id })
    const visit = await aVisit({ ...forenoon(), state: 'done', party: customer.name, customerId: customer.id })
    const more = { factAddress: '渡口路 9 号', shownAddress: '' }
    expect(await refusalsOf(submitReport(sales, visit, typed(more), at(12)))).toEqual(['VIS-08 notYours factPhone'])
    const nobody = await aVisit({ ...forenoon(), state: 'done', party: '蓬莱纸业', customerId: null })
    expect(
      await refusalsOf(submitReport(sales, nobody, typed({ personName1: '白露', personKeep1: 'on' }), at(12))),
    ).toEqual(['VIS-08 noCustomer personKeep1'])
  })
})

it('VIS-06: the head finds it in the list, reads it, and prints it; a refused form loses nothing', async () => {
  const visit = await aDoneVisit({ party: '九色鹿茶业', customerId: null })
  const people = await theCast()
  const browser = await signIn(people.sales)
  const url = `/visits/${visit.number}/report`
  const refused = await browser.submit(url, { ...whole, feedback: '', promiseWhat2: '寄样' })
  expect(refused.status).toBe(422)
  expect(refused.$('.errors [data-rule="VIS-06"]').text()).toContain('客户的反馈')
  expect(refused.$('[name=content]').val()).toBe(whole.content)
  expect(refused.$('[name=promiseWhat2]').val()).toBe('寄样')
  const due = await browser.visit('/visits/reports?tab=due')
  expect(due.$('main').text()).toContain('九色鹿茶业')
  await browser.submit(url, whole)
  const reader = await signIn(people.dept_head)
  const list = await reader.visit('/visits/reports')
  const box = list.$(`[name=${visit.number}]`)
  expect(box.length).toBe(1)
  const answer = await reader.submit('/visits/reports', { [visit.number]: '1' })
  expect(answer.$('.notice, [role=status]').text()).toContain('已阅')
  expect((await reportOf(visit)).reviewedById).toBe(head.id)
  expect((await reader.visit(`${url}/review`)).$('main').text()).toContain('不在等审阅')
  const paper = await reader.agent.get(`${url}.pdf`).set('Host', reader.host).buffer(true)
  expect(paper.status).toBe(200)
  expect(textOf(paper.body as Buffer)).toContain(whole.content)
})
