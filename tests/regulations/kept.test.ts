import { afterAll, expect, it } from 'vitest'
import { createCustomer } from '../../src/customers/commands.ts'
import { db } from '../../src/db.ts'
import { recomputeOpen, sweep } from '../../src/deadlines/jobs.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { at } from '../calendar/office.ts'
import { approveChange } from '../support/approvals.ts'
import { signIn, type Page } from '../support/browser.ts'
import { ownDatabase } from '../support/connected.ts'
import { actorOf, factsWith, theCast } from '../support/make.ts'

await ownDatabase('deadlines')

afterAll(() => moveClock(() => new Date()))
const stand = (text: string) => moveClock(() => at(text))
const words = (page: Page, selector: string) => page.$(selector).text().replace(/\s+/g, ' ').trim()

async function recorded(when: string) {
  const departmentId = (await db.department.findFirstOrThrow({ where: { name: '城东营业部' } })).id
  const facts = factsWith({ departmentId, creditNote: '现款', tradeNote: '首次来访' })
  const number = await createCustomer(await actorOf((await theCast()).front_desk), facts, at(when))
  return db.deadline.findFirstOrThrow({ where: { kind: 'customer.confirmation', customer: { number } } })
}

it('RULE-02: a change holds from its day; what runs keeps amount, due moment, ladder and version, whatever comes', async () => {
  const cast = await theCast()
  stand('2026-11-26 10:00')
  const drafter = await signIn(cast.system_admin)
  const old = await recorded('2026-11-26 10:00')
  const drafted = await drafter.submit('/regulations/CUS-05/draft', {
    reason: '广寒分店周末无人确认',
    effectiveOn: '2026-11-27',
    customers_confirm_days: '3',
    customers_confirm_ladder_days_2: '5',
  })
  await approveChange(/R\d{10}/.exec(drafted.url)![0], cast.general_manager)
  // The last moment of the day before, and the first of its day.
  const [before, fresh] = [await recorded('2026-11-26 23:59'), await recorded('2026-11-27 00:00')]
  expect([old, before, fresh].map(({ amount, dueAt }) => [amount, dueAt])).toEqual([
    [1, at('2026-11-27 17:30')],
    [1, at('2026-11-27 17:30')],
    [3, at('2026-12-02 17:30')],
  ])

  stand('2026-11-27 09:00')
  const director = await signIn(cast.sales_director)
  const page = async ({ id }: { id: bigint }) => words(await director.visit(`/deadlines/${id}`), 'main')
  expect(await page(old)).toMatch(
    /1 个工作日，到第 1 个工作日下班为止.*出厂设定|出厂设定.*1 个工作日，到第 1 个工作日下班为止/u,
  )
  expect(await page(fresh)).toMatch(/第 2 版.*3 个工作日，到第 3 个工作日下班为止/u)

  // Days of the calendar count for whatever runs; its figures stay those it began under.
  const planner = await signIn(cast.system_admin)
  await planner.submit('/calendar/days', {
    from: '2026-11-27',
    until: '',
    origin: 'company',
    work: 'off',
    name: '厂庆',
  })
  await recomputeOpen('2026-11-27', at('2026-11-27 09:01'))
  const due = async ({ id }: { id: bigint }) => {
    const { amount, dueAt } = await db.deadline.findUniqueOrThrow({ where: { id } })
    return [amount, dueAt]
  }
  expect([await due(old), await due(fresh)]).toEqual([
    [1, at('2026-11-30 17:30')],
    [3, at('2026-12-02 17:30')],
  ])
  await sweep(at('2026-12-03 17:30'))
  const climbed = async ({ id }: { id: bigint }) =>
    (await db.deadlineEvent.findMany({ where: { deadlineId: id, kind: 'escalated' } })).map(
      ({ detail }) => (detail as { to: string }).to,
    )
  // Three working days after the close of the 30th: by the ladder it began under, and not after five.
  expect([await climbed(old), await climbed(fresh)]).toEqual([
    ['sales_director', 'general_manager'],
    ['sales_director'],
  ])
})
