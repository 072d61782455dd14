import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverProblems, linesOf, planProblems, progressOf, type Written } from '../../src/credit/plans/rules.ts'
import { db } from '../../src/db.ts'
import { signIn } from '../support/browser.ts'
import { aCreditCustomer, aRelease, daysAgo, paid, releaseOf, shipped } from '../support/credit.ts'
import { theCast } from '../support/make.ts'

const written = (n: number, due: string, amount: string | null): Written => ({ n, due, amount })
const reasons = (lines: Written[], running: string | null = null) =>
  planProblems(lines, '2026-11-23', '2027-11-23', running).map(
    ({ reason, field }) => `${field} ${reason.split('.')[1]}`,
  )

describe('what a plan says', () => {
  it('CRD-09: a line has its day and its amount, ahead and within a year, each day once', () => {
    expect(reasons([])).toEqual(['due1 none'])
    expect(reasons([written(1, '2026-11-23', '1.00'), written(2, '', null)])).toEqual([])
    expect(
      reasons([
        written(1, '2026-11-22', '1.00'),
        written(2, '2027-11-24', '1.00'),
        written(3, '', '1.00'),
        written(4, '2026-12-01', null),
        written(5, '2026-12-02', '1.00'),
        written(6, '2026-12-02', '1.00'),
      ]),
    ).toEqual(['due1 day', 'due2 day', 'due3 noDay', 'amount4 noAmount', 'due6 twice'])
    expect(reasons([written(1, '2026-12-01', '1.00')], 'HL2026000001')).toEqual(['undefined running'])
  })

  it('CRD-04, CRD-09: it covers all that is owed beyond the limit, to the fen', () => {
    const lines = [written(1, '2026-12-01', '300.00'), written(2, '', null), written(3, '2026-12-31', '200.00')]
    expect(coverProblems(lines, 50_000)).toEqual([])
    expect(coverProblems(lines, 50_001)).toMatchObject([
      { rule: 'CRD-09', field: 'amount1', params: { promised: '500.00', over: '500.01', missing: '0.01' } },
    ])
  })

  it('CRD-09: its lines stand by day, however they were typed', () => {
    const lines = linesOf([written(1, '2026-12-31', '2.00'), written(2, '', null), written(3, '2026-12-01', '1.00')])
    expect(lines.map(({ due }) => due)).toEqual(['2026-12-01', '2026-12-31'])
  })
})

describe('what came of it', () => {
  const lines = [
    { due: '2026-11-10', amount: 100 },
    { due: '2026-11-20', amount: 200 },
    { due: '2026-11-30', amount: 300 },
  ]
  const states = (money: { on: string; amount: number }[]) =>
    progressOf(lines, money, '2026-11-23').map(({ state, got }) => `${state} ${got}`)

  it('CRD-17: kept in time, late, broken and still to come', () => {
    expect(states([])).toEqual(['broken 0', 'broken 0', 'open 0'])
    expect(states([{ on: '2026-11-10', amount: 100 }])).toEqual(['kept 100', 'broken 0', 'open 0'])
    expect(states([{ on: '2026-11-21', amount: 350 }])).toEqual(['late 100', 'late 200', 'open 50'])
    expect(states([{ on: '2026-11-09', amount: 600 }])).toEqual(['kept 100', 'kept 200', 'kept 300'])
  })

  it('CRD-17: money pays lines once: together they got what came, as far as it was promised', () => {
    const money = fc.array(
      fc.record({
        on: fc.constantFrom('2026-11-05', '2026-11-15', '2026-11-25'),
        amount: fc.integer({ min: 1, max: 400 }),
      }),
    )
    fc.assert(
      fc.property(money, (came) => {
        const found = progressOf(lines, came, '2026-11-23')
        const all = came.reduce((sum, { amount }) => sum + amount, 0)
        expect(found.reduce((sum, { got }) => sum + got, 0)).toBe(Math.min(600, all))
        for (const { state, got, amount } of found) expect(state === 'broken' ? got < amount : true).toBe(true)
      }),
    )
  })
})

it('CRD-04, CRD-09, CRD-17: a plan lets out what only wanted one, tells what came of it, and is withdrawn with a reason', async () => {
  const { sales } = await theCast()
  const customer = await aCreditCustomer({}, { without: 'contract' })
  const { number } = await db.customer.findUniqueOrThrow({ where: { id: customer.id } })
  await shipped(customer, { amount: '500.00', on: daysAgo(9) })
  const release = await aRelease(customer, { amount: '80.00' })
  await paid(customer, { amount: '80.00', releaseId: release.id })
  const desk = await signIn(sales)
  const file = `/repayment-plans/new?release=${release.number}`
  const half = await desk.submit(file, { due1: daysAgo(-3), promisedBy: '财务 白露' })
  expect([half.status, half.$('.errors').text()]).toEqual([422, expect.stringContaining('CRD-09')])
  expect(half.$('#f-due1').val()).toBe(daysAgo(-3))
  const least = half.$('main').text()
  const few = await desk.submit(file, { due1: daysAgo(-3), amount1: '499.99', promisedBy: '财务 白露' })
  expect([few.status, few.$('.errors').text(), least]).toEqual([
    422,
    expect.stringContaining('还差 0.01 元'),
    expect.stringMatching(/计划至少\s*¥500\.00/),
  ])
  expect((await releaseOf(release)).state).toBe('held')
  const filed = await desk.submit(file, {
    due1: daysAgo(-3),
    amount1: '300',
    due12: daysAgo(-9),
    amount12: '200',
    promisedBy: '财务 白露',
  })
  expect(filed.$('main').text()).toContain(release.number)
  expect((await releaseOf(release)).state).toBe('released')
  const plan = /HL\d{10}/.exec(filed.url)![0]
  const again = await desk.visit(file)
  expect([again.$('form[method=post] [name=due1]').length, again.$('main').text()]).toEqual([
    0,
    expect.stringContaining(plan),
  ])
  const token = (await desk.fieldsOf('/profile/shortcuts', '/profile'))['_csrf']!
  const sent = await desk.post(file, { _csrf: token, due1: daysAgo(-4), amount1: '1', promisedBy: '白露' })
  expect([sent.status, sent.text]).toEqual([422, expect.stringContaining('还没有到期')])

  await paid(customer, { amount: '120.00' })
  const shown = await desk.visit(`/repayment-plans/${plan}`)
  expect(shown.$('main').text()).toContain('¥120.00')
  for (const list of ['', '?tab=all'])
    expect((await desk.visit(`/repayment-plans${list}`)).$('main').text()).toContain(plan)
  expect((await desk.visit('/repayment-plans?tab=broken')).$('main').text()).not.toContain(plan)
  const age = await desk.visit(`/credit/ageing?q=${number}`)
  expect(age.$('#list tbody').text()).toContain(`300.00${daysAgo(-3)}`)

  await desk.submit(`/repayment-plans/${plan}/withdrawal`, { reason: '客户改期' })
  expect((await desk.visit('/repayment-plans')).$('main').text()).not.toContain(plan)
  const told = await db.auditEntry.findMany({
    where: { subject: `customer:${customer.id}`, action: { startsWith: 'plan.' } },
    orderBy: { id: 'asc' },
  })
  expect(told.map(({ action, why }) => [action, why])).toEqual([
    ['plan.filed', null],
    ['plan.withdrawn', '客户改期'],
  ])
})
