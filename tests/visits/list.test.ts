import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { ask, db } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { findVisits, visitsFor } from '../../src/visits/list/queries.ts'
import { readSearch } from '../../src/visits/list/address.ts'
import { waysIn } from '../../src/visits/list/reach.ts'
import { visibleVisitsSql } from '../../src/visits/policy.ts'
import { Prisma } from '../../prisma/client/client.ts'
import { signIn, type Browser } from '../support/browser.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { aVisit } from '../support/visits.ts'
import { monthOf } from './counted.ts'
import { at, manyVisits, type Made, type Many } from './many.ts'

let many: Many
let director: Actor
let head: Browser
beforeAll(async () => {
  moveClock(() => at)
  const cast = await theCast()
  let seed = 77
  many = await manyVisits(160, () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed / 2147483648
  })
  director = await actorOf(cast.sales_director)
  head = await signIn(cast.dept_head)
}, 60_000)
afterAll(() => moveClock(() => new Date()))

/** The whole of a list, page by page. */
async function walk(actor: Actor, search: string, way: 'after' | 'before', start?: string): Promise<string[]> {
  const found: string[][] = []
  for (let mark = start; ;) {
    const list = await visitsFor(actor, { ...readSearch(search)!, ...(mark ? { [way]: mark } : {}) }, at)
    const numbers = list.rows.map(({ number }) => number)
    // Other files of this worker have drawn theirs.
    found.push(numbers.filter((number) => many.visits.some((one) => one.number === number)))
    if (way === 'after' ? !list.later : !list.earlier) return way === 'after' ? found.flat() : found.toReversed().flat()
    mark = way === 'after' ? numbers.at(-1)! : numbers[0]!
  }
}
const inOtherUnit = (search = '') => `unit=${many.departments.other}${search && `&${search}`}`
const there = (test: (one: Made) => boolean = () => true) =>
  many.visits
    .filter((one) => one.departmentId === many.departments.other && test(one))
    .map(({ number }) => number)
    .toSorted()

it('the list in pages is the whole list once, by day, forwards and back', async () => {
  const whole = await walk(director, inOtherUnit(), 'after')
  expect(whole.toSorted()).toEqual(there())
  const days = whole.map((number) => many.visits.find((one) => one.number === number)!.startsAt)
  expect(days).toEqual(days.toSorted().toReversed())
  expect((await walk(director, inOtherUnit('sort=oldest'), 'after')).length).toBe(whole.length)
  expect(await walk(director, inOtherUnit(), 'before', whole[60])).toEqual(whole.slice(0, 60))
})

const overdue = (one: Made) =>
  one.reportedAt === null && ['approved', 'done'].includes(one.state) && Date.parse(one.reportDueAt!) < at.getTime()
const filters: [string, (one: Made) => boolean][] = [
  ['state=done.reported', ({ state }) => state === 'done' || state === 'reported'],
  ['month=2026-10', (one) => monthOf(one) === '2026-10'],
  [
    'from=2026-10-05&to=2026-10-06',
    ({ startsAt }) => startsAt >= '2026-10-04T16:00:00.000Z' && startsAt < '2026-10-06T16:00:00.000Z',
  ],
  ['target=peer', ({ target }) => target === 'peer'],
  ['purpose=collection', ({ purpose }) => purpose === 'collection'],
  ['unplanned=yes', ({ planned }) => !planned],
  ['confirmed=no', (one) => !one.confirmed && one.state === 'approved' && Date.parse(one.startsAt) >= at.getTime()],
  ['report=missing', overdue],
  ['report=late', ({ reportedAt, reportLate }) => reportedAt !== null && reportLate],
  ['reached=partly', (one) => ['done', 'reported'].includes(one.state) && one.reached === 'partly'],
  ['costs=spent', ({ spent }) => (spent ?? 0) > 0],
  ['costs=refused', () => false],
  ['gift=yes', ({ gifts }) => gifts > 0],
  ['customer=none', () => true],
  ['grade=A', () => false],
  ['q=蓬莱', ({ party }) => party === '蓬莱渡轮'],
  ['q=蓬莱 磨坊', () => false],
]
it.each(filters)('the condition %s holds what was drawn so', async (search, test) => {
  expect((await walk(director, inOtherUnit(search), 'after')).toSorted()).toEqual(there(test))
})

describe('PPL-01: whose visits are listed', () => {
  it('PPL-01: the ways into the list are together what the person sees', async () => {
    const { sales, front_desk, dept_head, area_manager, auditor, archivist } = await theCast()
    for (const person of [sales, front_desk, dept_head, area_manager, auditor, archivist]) {
      const actor = await actorOf(person)
      const ways = Prisma.join(
        waysIn(actor, '', 'visits.view').map((way) => Prisma.sql`(${way})`),
        ' or ',
      )
      const rows = await ask`select id from visit where (${ways}) is distinct from ${visibleVisitsSql(actor)}`
      expect(rows).toEqual([])
    }
  })

  it('PPL-01: a colleague who comes along finds the visit; another does not', async () => {
    const { sales } = await theCast()
    const [along, other] = [
      await make.staff([{ role: 'sales', department: '城东营业部' }]),
      await make.staff([{ role: 'sales' }]),
    ]
    const { number } = await aVisit({ by: sales, companions: [along.id] })
    const found = async (who: { id: bigint }) => (await findVisits(await actorOf(who), number, 5)).total
    expect([await found(along), await found(other), await found(sales)]).toEqual([1, 0, 1])
  })
})

describe('/visits', () => {
  it('CUS-14: shows tabs, counts and conditions, and what to drop where nothing is found', async () => {
    const page = await head.visit(`/visits?q=蓬莱&state=reported`)
    expect(page.$('.tabs a[aria-current]').text()).toBe('全部')
    expect(page.$('.filter').text()).toContain('已报告')
    const none = await head.visit('/visits?q=蓬莱&month=2019-01')
    expect(none.$('.nothing a').text()).toContain('去掉“月份 2019-01”')
    expect((await head.visit('/visits?state=unheard')).status).toBe(400)
  })

  it('CUS-14: a view is saved, opened, counted and removed', async () => {
    const saved = await head.submit('/visits/views/new?in=report%3Dlate', { name: '迟交的' })
    expect(saved.url).toBe('/visits?report=late')
    expect(saved.$('.views a[aria-current]').text()).toMatch(/^迟交的 \d/)
    const views = await head.visit('/visits/views')
    expect(views.$('main').text()).toContain('报告 迟交')
  })

  it('CUS-15: leaves as a numbered file with all columns, in the trail before and after', async () => {
    const { dept_head } = await theCast()
    const form = await head.visit('/visits/export?month=2026-10&format=csv')
    expect(form.$('form.prose').text()).toContain('月份 2026-10')
    const file = await head.agent.get('/visits/export/file?month=2026-10&format=csv').set('Host', head.host)
    const lines = file.text.trim().split('\n')
    const own = many.visits.filter((one) => monthOf(one) === '2026-10' && one.departmentId === many.departments.east)
    expect(lines[0]).toContain('报告最迟')
    for (const { number } of own) expect(file.text).toContain(number)
    const trail = await db.auditEntry.findMany({
      where: { actorId: dept_head.id, action: { in: ['visit.exported', 'visit.export_finished'] } },
      orderBy: { id: 'asc' },
    })
    expect(trail.map(({ action }) => action)).toEqual(['visit.exported', 'visit.export_finished'])
  })

  it('CUS-14: the search box finds a visit by its number and by who is visited', async () => {
    const { number } = many.visits.find((one) => one.departmentId === many.departments.east)!
    expect((await head.visit(`/search?q=${number}`)).$('main').text()).toContain(number)
  })
})
