import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueProblems, itemProblems, makingProblems, trackedAs, witnessProblems } from '../../src/copies/rules.ts'

const reasons = (found: { reason: string }[]) => found.map(({ reason }) => reason.split('.').at(-1))
const item = {
  number: 'DA2026000001-01',
  known: true,
  customerId: 1n,
  state: 'in_place',
  secrecy: 'secret',
  important: false,
} as const

describe('ARC-13: what can be asked for', () => {
  it('important items of one customer that are there and known', () => {
    expect(itemProblems([item, { ...item, secrecy: 'internal', important: true }])).toEqual([])
    expect(reasons(itemProblems([{ ...item, secrecy: 'internal' }]))).toEqual(['notImportant'])
    expect(reasons(itemProblems([{ ...item, known: false }]))).toEqual(['unknown'])
    for (const state of ['missing', 'under_disposal', 'disposed', 'given_back'] as const)
      expect(reasons(itemProblems([{ ...item, state }]))).toEqual(['notThere'])
    expect(reasons(itemProblems([item, { ...item, customerId: 2n }]))).toEqual(['oneCustomer'])
  })

  it('until a day from today to so many days ahead', () => {
    const day = (n: number) => new Date(Date.UTC(2026, 10, 24 + n)).toISOString().slice(0, 10)
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 30 }), (ahead, most) => {
        expect(dueProblems(day(ahead), day(0), most).length).toBe(ahead < 0 || ahead > most ? 1 : 0)
      }),
    )
  })
})

describe('ARC-13: never more than permitted', () => {
  const permit = { state: 'approved', dueOn: '2026-11-26' }
  const line = { number: 'N', permitted: 3, made: 0, secrecy: 'secret' } as const
  const there = { state: 'in_place', secrecy: 'secret' } as const

  it('whatever was made and is wanted', () => {
    const small = fc.integer({ min: 0, max: 6 })
    fc.assert(
      fc.property(small, small, fc.integer({ min: 1, max: 6 }), (permitted, made, wanted) => {
        const found = makingProblems(permit, { ...line, permitted, made }, there, wanted, '2026-11-24')
        expect(found.length === 0).toBe(made + wanted <= permitted)
      }),
    )
  })

  it('nor after its day, before it is approved, of what was raised since or is not there', () => {
    const made = (over: object, at = there as object, today = '2026-11-24') =>
      reasons(makingProblems({ ...permit, ...over }, line, { ...there, ...at }, 1, today))
    expect(made({})).toEqual([])
    expect(made({}, {}, '2026-11-26')).toEqual([])
    expect(made({}, {}, '2026-11-27')).toEqual(['permitOver'])
    for (const state of ['waiting', 'refused', 'withdrawn', 'ended']) expect(made({ state })).toEqual(['notApproved'])
    expect(made({}, { secrecy: 'confidential' })).toEqual(['raised'])
    expect(made({}, { secrecy: 'internal' })).toEqual([])
    expect(made({}, { state: 'missing' })).toEqual(['notThere'])
  })
})

describe('ARC-13: following a copy', () => {
  it('is overdue by the clock, and never once it came back', () => {
    const due = new Date('2026-11-26T16:00:00Z')
    const at = (hours: number) => new Date(due.getTime() + hours * 3_600_000)
    expect(trackedAs({ state: 'out', dueAt: due }, at(-49))).toBe('out')
    expect(trackedAs({ state: 'out', dueAt: due }, at(-48))).toBe('soon')
    expect(trackedAs({ state: 'out', dueAt: due }, at(0))).toBe('overdue')
    for (const state of ['returned', 'destroyed', 'lost'] as const)
      expect(trackedAs({ state, dueAt: due }, at(9000))).toBe(state)
  })

  it('two people destroy', () => {
    expect(reasons(witnessProblems(1n, 1n))).toEqual(['witnessSelf'])
    expect(reasons(witnessProblems(1n, null))).toEqual(['witnessUnknown'])
    expect(witnessProblems(1n, 2n)).toEqual([])
  })
})
