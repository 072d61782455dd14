import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VisitState } from '../../prisma/client/enums.ts'
import { dateText } from '../../src/lib/dates.ts'
import {
  mayPromise,
  promiseProblems,
  standingOf,
  tellingProblems,
  type Followed,
  type Telling,
} from '../../src/promises/rules.ts'

const now = new Date('2026-11-25T06:00:00Z')
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const followed = (more: Partial<Followed>): Followed => ({
  state: 'open',
  dueAt: now,
  endedAt: null,
  breachedAt: null,
  ...more,
})

describe('VIS-07: how a promise stands', () => {
  it.each([
    ['open', { dueAt: at(0) }],
    ['overdue', { dueAt: at(-1) }],
    ['kept', { state: 'done', dueAt: at(0), endedAt: at(0) }],
    ['kept_late', { state: 'done', dueAt: at(-1), endedAt: at(0) }],
    // The day was missed, then put off: it was not kept in time.
    ['kept_late', { state: 'done', dueAt: at(24), endedAt: at(0), breachedAt: at(-48) }],
    ['withdrawn', { state: 'withdrawn', dueAt: at(-24), endedAt: at(0) }],
  ] as const)('%s', (standing, more) => {
    expect(standingOf(followed(more), now)).toBe(standing)
  })

  it('what is done is late exactly when it was done after its moment, whenever one looks', () => {
    const hours = fc.integer({ min: -500, max: 500 })
    fc.assert(
      fc.property(hours, hours, hours, (due, ended, looked) => {
        const standing = standingOf(followed({ state: 'done', dueAt: at(due), endedAt: at(ended) }), at(looked))
        return standing === (ended > due ? 'kept_late' : 'kept')
      }),
    )
  })
})

const told: Telling = { toldAt: at(-1), toldWay: 'phone', toldWhom: '王石榴', toldWords: '样品停产，改送图册' }
const nothing: Telling = { toldAt: null, toldWay: null, toldWhom: null, toldWords: null }
const problemsOf = (telling: Telling, ending: 'done' | 'withdrawn') =>
  tellingProblems(telling, { ending, promisedOn: '2026-11-24', now }).map(({ reason, field }) => `${field} ${reason}`)

describe('VIS-07: the customer is told', () => {
  it('a promise is withdrawn only with all that was told; a kept one with all or nothing', () => {
    expect(problemsOf(told, 'withdrawn')).toEqual([])
    expect(problemsOf(nothing, 'withdrawn')).toEqual([
      'toldAt promises:refused.notTold',
      'toldWay promises:refused.alsoNeeded',
      'toldWhom promises:refused.alsoNeeded',
      'toldWords promises:refused.alsoNeeded',
    ])
    expect(problemsOf(told, 'done')).toEqual([])
    expect(problemsOf(nothing, 'done')).toEqual([])
  })

  it('half of it is never enough, whichever half', () => {
    const names = ['toldAt', 'toldWay', 'toldWhom', 'toldWords'] as const
    fc.assert(
      fc.property(fc.subarray([...names], { minLength: 1, maxLength: 3 }), (left) => {
        const half = { ...told, ...Object.fromEntries(left.map((name) => [name, null])) }
        const refused = (why: string) =>
          left.map((name, at) => `${name} promises:refused.${at === 0 ? why : 'alsoNeeded'}`)
        expect(problemsOf(half, 'done')).toEqual(refused('halfTold'))
        expect(problemsOf(half, 'withdrawn')).toEqual(refused('notTold'))
      }),
    )
  })

  it('neither tomorrow nor before the promise', () => {
    expect(problemsOf({ ...told, toldAt: at(1) }, 'withdrawn')).toEqual(['toldAt promises:refused.toldAhead'])
    // 23:59 of the day before, by the company's clock.
    const before = { ...told, toldAt: new Date('2026-11-23T15:59:00Z') }
    expect(problemsOf(before, 'withdrawn')).toEqual(['toldAt promises:refused.toldBefore'])
    expect(problemsOf({ ...told, toldAt: new Date('2026-11-23T16:00:00Z') }, 'withdrawn')).toEqual([])
  })
})

describe('VIS-07: what is promised', () => {
  it('was promised by today, and is to be kept not before that', () => {
    const reasons = (promisedOn: string, dueOn: string) =>
      promiseProblems({ promisedOn, dueOn }, dateText(now)).map(({ reason }) => reason)
    expect(reasons('2026-11-25', '2026-11-25')).toEqual([])
    expect(reasons('2026-11-26', '2026-11-27')).toEqual(['promises:refused.future'])
    expect(reasons('2026-11-25', '2026-11-24')).toEqual(['promises:refused.dueBefore'])
  })

  it('on a visit that has begun, made or not reported yet; never on one that was not made', () => {
    const states: VisitState[] = ['draft', 'waiting', 'refused', 'approved', 'done', 'reported', 'cancelled']
    const may = (startsAt: Date) => states.filter((state) => mayPromise({ state, startsAt }, now))
    expect(may(at(-1))).toEqual(['approved', 'done', 'reported'])
    expect(may(at(1))).toEqual(['done', 'reported'])
  })
})
