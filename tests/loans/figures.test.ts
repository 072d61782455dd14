import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { lendItem } from '../../src/loans/lending.ts'
import { loanState } from '../../src/loans/states.ts'
import { parameterOf } from '../../src/regulations/parameters.ts'
import { anItem } from '../support/archive.ts'
import { actorOf, make, refusalOf, theCast } from '../support/make.ts'
import { under } from '../support/regulation.ts'
import { aBorrower, approved, asked, counted } from './lending.ts'

const friday = new Date('2026-11-27T02:00:00Z')
const day = 86_400_000
let now = friday
let borrower: Actor
let clerk: Actor
beforeAll(async () => {
  moveClock(() => now)
  borrower = await actorOf(await aBorrower())
  clerk = await actorOf((await theCast()).archivist)
})
afterAll(() => moveClock(() => new Date()))
const item = async () => anItem(await make.customer({ department: '城东营业部' }))

it("CAL-03: 'archive.loan_days' takes its number in, and is never more than three", async () => {
  expect(parameterOf('archive.loan_days')).toMatchObject({ sign: '≤', min: 1, max: 3, first: 3 })
  await under({ 'archive.loan_days': 2 }, async () => {
    expect(await refusalOf(asked(borrower, [await item()], { days: 2 }))).toBeNull()
    expect(await refusalOf(asked(borrower, [await item()], { days: 3 }))).toEqual(['ARC-10 loans:refused.days'])
  })
})

it("CAL-03: 'archive.loan_fetch_days' takes the moment itself in", async () => {
  const one = await item()
  const application = await approved(borrower, [one])
  const lend = () => lendItem(clerk, { item: one.number, application: application.number, ...counted() }, now)
  now = new Date(friday.getTime() + 7 * day + 1)
  expect(await refusalOf(lend())).toEqual(['ARC-09 loans:refused.fetchedLate'])
  now = new Date(friday.getTime() + 7 * day)
  expect(await refusalOf(lend())).toBeNull()
  now = friday
})

const due = new Date('2026-11-30T16:00:00Z')
const soon = new Date('2026-11-30T16:00:00Z')
it.each([
  ['out', new Date(due.getTime() - 1), null, new Date(due.getTime() - 2)],
  ['soon', new Date(due.getTime() - 1), null, soon],
  // 以内 takes the due moment itself in.
  ['soon', due, null, soon],
  ['overdue', new Date(due.getTime() + 1), null, soon],
  ['returned', new Date(due.getTime() + day), due, soon],
  ['late', new Date(due.getTime() + day), new Date(due.getTime() + 1), soon],
] as const)('ARC-11: where a loan stands: %s', (state, at, returnedAt, until) => {
  expect(loanState({ dueAt: due, returnedAt }, at, until)).toBe(state)
})
