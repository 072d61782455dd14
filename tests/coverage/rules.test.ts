import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentOf } from '../../src/coverage/share-pages.ts'
import {
  basisOf,
  daysOver,
  dueAfter,
  dueOn,
  latestBasis,
  type CoverageFigures,
  type Facts,
} from '../../src/coverage/rules.ts'

const figures: CoverageFigures = { grade_a: 1, manager: 3, yearly: 12, gradeABy: 'anybody' }
const facts = (more: Partial<Facts> = {}): Facts => ({
  grade: 'A',
  contactedOn: '2026-11-02',
  managerContactedOn: '2026-09-10',
  createdOn: '2024-03-01',
  ...more,
})

describe('VIS-10, REL-01: by when a customer is to be contacted', () => {
  it('VIS-10: grade A a month after the last contact, a quarter after a manager’s last, the next first', () => {
    expect(dueOn(facts(), figures)).toEqual([
      { rule: 'grade_a', dueOn: '2026-12-02' },
      { rule: 'manager', dueOn: '2026-12-10' },
      { rule: 'yearly', dueOn: '2027-11-02' },
    ])
  })

  it('REL-01: of other grades only once a year; who was never contacted counts from the day of the record', () => {
    expect(dueOn(facts({ grade: 'B' }), figures)).toEqual([{ rule: 'yearly', dueOn: '2027-11-02' }])
    const never = facts({ grade: null, contactedOn: null, managerContactedOn: null })
    expect(dueOn(never, figures)).toEqual([{ rule: 'yearly', dueOn: '2025-03-01' }])
  })

  it('REL-01: where a manager has to contact grade A, another’s contact does not count for the year', () => {
    const strict = { ...figures, gradeABy: 'manager' } as const
    expect(basisOf(facts(), 'yearly', strict)).toBe('2026-09-10')
    expect(basisOf(facts({ grade: 'B' }), 'yearly', strict)).toBe('2026-11-02')
  })

  it('VIS-10, REL-01, CAL-03: visits.cover_grade_a, visits.cover_manager and relations.every take the last day in', () => {
    const due = (months: number) => dueAfter('2026-11-02', months)
    const { grade_a: gradeA, manager, yearly } = figures
    expect([gradeA, manager, yearly].map(due)).toEqual(['2026-12-02', '2027-02-02', '2027-11-02'])
    for (const months of [gradeA, manager, yearly]) {
      expect(daysOver(due(months), due(months))).toBe(0)
      expect(due(months) <= due(months)).toBe('2026-11-02' <= latestBasis(due(months), months))
    }
  })

  it('VIS-10: on its day it is not over yet; a month without that day ends on its last', () => {
    expect(daysOver('2026-11-30', '2026-11-30')).toBe(0)
    expect(daysOver('2026-11-30', '2026-12-02')).toBe(2)
    expect(dueAfter('2026-01-31', 1)).toBe('2026-02-28')
    expect(percentOf(1000, 1)).toBe(99)
  })

  const day = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2032-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))

  it('VIS-10: what is due by a day is exactly what counts from no later than its latest basis', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 24 }), (basis, by, months) => {
        expect(dueAfter(basis, months) <= by).toBe(basis <= latestBasis(by, months))
      }),
      { numRuns: 1500 },
    )
  })

  it('VIS-10: a later contact never makes it due earlier', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 24 }), (one, other, months) => {
        const [first, last] = [one, other].toSorted() as [string, string]
        expect(dueAfter(first, months) <= dueAfter(last, months)).toBe(true)
      }),
    )
  })
})
