import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { db, pool } from '../../src/db.ts'
import { moveClock } from '../../src/lib/clock.ts'
import { promiseQuery } from '../../src/promises/forms.ts'
import { promisesFor } from '../../src/promises/list.ts'
import { addressOf } from '../../src/visits/assessment/addresses.ts'
import { assessmentQuery } from '../../src/visits/assessment/forms.ts'
import { personFor } from '../../src/visits/assessment/people.ts'
import { assessmentFor, monthOfPerson } from '../../src/visits/assessment/queries.ts'
import {
  changedSince,
  figureNames,
  noFigures,
  partsOf,
  scoreOf,
  signingProblems,
  type Figures,
} from '../../src/visits/assessment/rules.ts'
import { countedTo } from '../../src/visits/list/queries.ts'
import { readSearch } from '../../src/visits/list/address.ts'
import { countsOf as listCounts, visitsFor } from '../../src/visits/list/queries.ts'
import { signIn } from '../support/browser.ts'
import { actorOf, make, theCast } from '../support/make.ts'
import { textOf } from '../support/pdf.ts'
import { countsOf, monthOf, seenBy, type Reader } from './counted.ts'
import { at, manyVisits, months, type Many } from './many.ts'

let many: Many
let readers: Record<Reader, Actor>
let self: Many['people'][number]
beforeAll(async () => {
  moveClock(() => at)
  const cast = await theCast()
  let seed = 20261122
  many = await manyVisits(420, () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed / 2147483648
  })
  self = many.people[0]!
  readers = {
    head: await actorOf(cast.dept_head),
    director: await actorOf(cast.sales_director),
    self: await actorOf(self),
    region: await actorOf(await make.staff([{ role: 'area_manager', region: '东区一片' }])),
  }
}, 60_000)
afterAll(() => moveClock(() => new Date()))

const figures: fc.Arbitrary<Figures> = fc.record(
  Object.fromEntries(figureNames.map((name) => [name, fc.nat({ max: 40 })])) as Record<
    keyof Figures,
    fc.Arbitrary<number>
  >,
)
const weight = fc.integer({ min: 0, max: 100 })
const weights = fc.record({ done: weight, reports: weight, promises: weight, reached: weight })

describe('VIS-09: the score', () => {
  it('VIS-09: lies between 0 and 100 with one decimal, or is none', () => {
    fc.assert(
      fc.property(figures, weights, (one, by) => {
        const score = scoreOf(one, by)
        if (score === null) return
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(100)
        expect(Number(score.toFixed(1))).toBe(score)
      }),
    )
  })

  it('VIS-09: more visits made, a late report in time, a late promise kept, a purpose reached never lower it', () => {
    const better: ((one: Figures) => Figures)[] = [
      (one) => ({ ...one, made: one.made + 1 }),
      (one) => (one.late > 0 ? { ...one, late: one.late - 1, inTime: one.inTime + 1 } : one),
      (one) => (one.keptLate > 0 ? { ...one, keptLate: one.keptLate - 1, kept: one.kept + 1 } : one),
      (one) => (one.partly > 0 ? { ...one, partly: one.partly - 1, reached: one.reached + 1 } : one),
    ]
    fc.assert(
      fc.property(figures, weights, fc.constantFrom(...better), (one, by, change) => {
        expect(scoreOf(change(one), by) ?? 0).toBeGreaterThanOrEqual(scoreOf(one, by) ?? 0)
      }),
    )
  })

  it('VIS-09: a part that did not occur counts nothing, whatever its weight', () => {
    fc.assert(
      fc.property(figures, weights, weight, (one, by, other) => {
        const none = { ...one, kept: 0, keptLate: 0, overdue: 0 }
        expect(scoreOf(none, by)).toBe(scoreOf(none, { ...by, promises: other }))
      }),
    )
  })

  it('VIS-09, CAL-03: visits.weight_done, visits.weight_reports, visits.weight_promises and visits.weight_reached by example: 15 of 20 asked, 9 of 12 reports, 1 of 2 promises, 6 reached and 4 partly', () => {
    const one = {
      ...noFigures(),
      asked: 20,
      planned: 16,
      made: 15,
      inTime: 9,
      late: 2,
      missing: 1,
      kept: 1,
      overdue: 1,
      reached: 6,
      partly: 4,
      notReached: 2,
    }
    expect(partsOf(one).done).toEqual({ good: 15, of: 20 })
    // 40 × 0.75 + 30 × 0.75 + 20 × 0.5 + 10 × 8/12
    expect(scoreOf(one, { done: 40, reports: 30, promises: 20, reached: 10 })).toBe(69.2)
    expect(scoreOf(one, { done: 0, reports: 0, promises: 0, reached: 0 })).toBeNull()
    expect(scoreOf(noFigures(), { done: 40, reports: 30, promises: 20, reached: 10 })).toBeNull()
  })

  it('VIS-09: a month is signed once, when it is over, all reports are in or overdue and all of it is seen', () => {
    const fine = { over: true, open: 0, whole: true, signed: false, score: 80, month: '2026-10' }
    expect(signingProblems(fine)).toEqual([])
    for (const wrong of [{ over: false }, { open: 1 }, { whole: false }, { signed: true }, { score: null }])
      expect(signingProblems({ ...fine, ...wrong })).toHaveLength(1)
    expect(changedSince({ made: 3 }, { ...noFigures(), made: 4, cancelledUnplanned: 2 })).toEqual(['made'])
  })
})

const ours = (number: string) => many.people.some((one) => one.number === number)

describe.each(['head', 'director', 'self', 'region'] as const)('VIS-09: as the %s sees it', (reader) => {
  it.each(months)('VIS-09: the figures of %s are those of a reckoning by hand', async (month) => {
    const seen = seenBy(reader, self.number, many)
    const found = await assessmentFor(readers[reader], assessmentQuery.parse({ month }), at)
    const rows = found.people.filter(({ person }) => ours(person.number))
    const visits = many.visits.filter((one) => monthOf(one) === month && seen.visit(one))
    const promises = many.promises.filter((one) => one.dueOn.startsWith(month) && seen.promise(one))
    const expected = new Set([...visits, ...promises].map(({ owner }) => owner))
    for (const owner of expected) expect(rows.map(({ person }) => person.number)).toContain(owner)
    for (const { person, figures: counted } of rows) {
      const { asked: _asked, ...rest } = counted
      const own = <T extends { owner: string }>(all: readonly T[]) => all.filter(({ owner }) => owner === person.number)
      expect({ ...rest, spent: Math.round(rest.spent) }).toEqual(countsOf(own(visits), own(promises), many.visits))
    }
  })
})

describe('VIS-09: every figure opens its list', () => {
  it.each(['head', 'director', 'self', 'region'] as const)('VIS-09: and the %s finds there as many', async (reader) => {
    const actor = readers[reader]
    const month = '2026-10'
    const found = await assessmentFor(actor, assessmentQuery.parse({ month }), at)
    const places = [
      ...found.people
        .filter(({ person }) => ours(person.number))
        .map(({ person, figures: of }) => ({ of, at: { owner: person.number } })),
      ...found.units.map(({ id, figures: of }) => ({ of, at: { unit: id === null ? 'none' : String(id) } })),
      { of: found.sum, at: {} },
    ]
    const asked = places.flatMap(({ of, at: place }) =>
      figureNames.flatMap((name) => {
        const href = addressOf(actor, month, name, place)
        return href && name !== 'spent' ? [{ name, n: of[name], url: new URL(href, 'http://x') }] : []
      }),
    )
    const visits = asked.filter(({ url }) => url.pathname === '/visits')
    const counts = await listCounts(
      actor,
      visits.map(({ url }) => readSearch(url.search.slice(1))!),
      at,
    )
    expect(visits.map(({ name }, n) => [name, counts[n]])).toEqual(
      visits.map(({ name, n }) => [name, Math.min(n, countedTo + 1)]),
    )
    for (const { name, n, url } of asked.filter(({ url: { pathname } }) => pathname === '/promises')) {
      const { count } = await promisesFor(actor, promiseQuery.parse(Object.fromEntries(url.searchParams)), at)
      expect([name, count]).toEqual([name, n])
    }
    expect(asked.some(({ n }) => n > 0)).toBe(true)
  })

  it('VIS-09: the costs open the visits that they were spent on', async () => {
    const href = addressOf(readers.director, '2026-10', 'spent', { owner: self.number })!
    const { count } = await visitsFor(readers.director, readSearch(href.split('?')[1]!)!, at)
    const own = many.visits.filter(
      (one) => one.owner === self.number && monthOf(one) === '2026-10' && (one.spent ?? 0) > 0,
    )
    expect(count).toBe(own.length)
  })
})

describe('VIS-09: signing', () => {
  it('VIS-09: who sees a part of the month only has no score of it and signs nothing', async () => {
    const person = await personFor(readers.region, self.number)
    const one = await monthOfPerson(readers.region, person, '2026-09', at)
    expect([one.whole, one.score]).toEqual([false, null])
  })

  it('VIS-09: the director signs a month that is over; it stays, is told, printed, and marks what changes later', async () => {
    const { sales_director, auditor } = await theCast()
    const [director, own] = await Promise.all([
      signIn(sales_director),
      signIn({ number: self.number, password: '九只白鹭 nine herons' }),
    ])
    const address = `/visits/assessment/${self.number}`
    const page = await director.visit(`${address}?month=2026-09`)
    expect(page.$('.page-head .btn-primary').text()).toContain('签认')
    const early = await director.visit(`${address}/signature?month=2026-11`)
    expect(early.$('.callout').text()).toContain('还没有过完')
    const done = await director.submit(`${address}/signature?month=2026-09`, { comment: '承诺要盯紧' })
    expect(done.$('.notice').text()).toContain('已签认')
    const row = await db.visitAssessment.findFirstOrThrow({ where: { ownerId: self.id } })
    const { figures: now, score } = await monthOfPerson(readers.director, self, '2026-09', at)
    expect(row.figures).toEqual(now)
    expect(Number(row.score)).toBe(score)
    const told = await db.notice.findFirstOrThrow({ where: { staffId: self.id, kind: 'visit.assessed' } })
    expect(told.href).toBe(`${address}?month=2026-09`)
    const trail = await db.auditEntry.findFirstOrThrow({
      where: { action: 'assessment.signed', subject: `staff:${self.id}` },
    })
    expect(trail.after).toMatchObject({ month: '2026-09', made: now.made, comment: '承诺要盯紧' })
    const seen = await own.visit(`${address}?month=2026-09`)
    expect(seen.$('main').text()).toContain('承诺要盯紧')
    expect(seen.$('.page-head .btn-primary')).toHaveLength(0)
    const twice = await director.submit(`${address}/signature?month=2026-09`, { comment: '' })
    expect(twice.$('main').text()).toContain('已经签认过')
    await pool.query(
      `update visit set report_late = true where id = (select id from visit where owner_id = $1 and state = 'reported'
         and not report_late and on_day between '2026-09-02' and '2026-09-28' limit 1)`,
      [self.id],
    )
    const later = await own.visit(`${address}?month=2026-09`)
    expect(later.$('main').text()).toContain('之后有变动')
    const reader = await signIn(auditor)
    const paper = await reader.agent.get('/visits/assessment.pdf?month=2026-09').set('Host', reader.host)
    const text = textOf(paper.body as Buffer).replace(/\s+/g, '')
    expect(text).toContain('承诺要盯紧')
    expect(text).toContain('签认后有变动')
  })

  it('PPL-02: nobody signs their own month, nor does a stranger see it', async () => {
    const { dept_head } = await theCast()
    const head = await signIn(dept_head)
    expect((await head.visit(`/visits/assessment/${dept_head.number}?month=2026-10`)).status).toBe(200)
    expect((await head.visit(`/visits/assessment/${dept_head.number}/signature?month=2026-10`)).status).toBe(403)
    const own = await signIn({ number: self.number, password: '九只白鹭 nine herons' })
    expect((await own.visit(`/visits/assessment/${many.people[2]!.number}`)).status).toBe(404)
    const list = await own.visit('/visits/assessment?month=2026-10')
    expect(list.$('#list tbody tr')).toHaveLength(1)
  })
})
