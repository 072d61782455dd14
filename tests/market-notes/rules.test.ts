import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { monthOf } from '../../src/lib/months.ts'
import { noteProblems } from '../../src/market-notes/rules.ts'
import { monthsIn, quarterAfter, quarterDays, quarterOf, quartersBack } from '../../src/market-notes/quarters.ts'

describe('VIS-13: quarters', () => {
  it('has its three months, from the first day to the first that is not in it', () => {
    expect(monthsIn('2026Q4')).toEqual(['2026-10', '2026-11', '2026-12'])
    expect(quarterDays('2026Q4')).toEqual({ from: '2026-10-01', until: '2027-01-01' })
    expect(quarterDays('2026Q1')).toEqual({ from: '2026-01-01', until: '2026-04-01' })
  })

  it('turns at midnight of the company, not of London', () => {
    expect(quarterOf(new Date('2026-12-31T15:59:59Z'))).toBe('2026Q4')
    expect(quarterOf(new Date('2026-12-31T16:00:00Z'))).toBe('2027Q1')
  })

  it('every moment lies in its quarter, and quarters stand one after the other', () => {
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, fc.integer({ min: -40, max: 40 }), (at, n) => {
        const quarter = quarterOf(at)
        expect(monthsIn(quarter)).toContain(monthOf(at))
        expect(quarterAfter(quarterAfter(quarter, n), -n)).toBe(quarter)
        expect(quarterDays(quarter).until).toBe(quarterDays(quarterAfter(quarter, 1)).from)
      }),
    )
    expect(quartersBack(new Date('2026-02-01T00:00:00Z'), 3)).toEqual(['2026Q1', '2025Q4', '2025Q3'])
  })
})

it('VIS-13: nobody hears tomorrow what is written down today', () => {
  const of = (notedOn: string) =>
    noteProblems({ notedOn }, '2026-11-23').map(({ field, reason }) => `${field} ${reason}`)
  expect(of('2026-11-23')).toEqual([])
  expect(of('2026-11-24')).toEqual(['notedOn marketNotes:refused.future'])
})
