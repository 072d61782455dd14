import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allocationProblems,
  breachProblems,
  changesOf,
  closingProblems,
  oldestOpen,
  purposeProblems,
  typedLines,
  type Line,
} from '../../src/credit/ledger/rules.ts'
import { contractProblems, endingProblems, standingOf } from '../../src/credit/contracts/rules.ts'
import { fenOf, yuanOf, yuanText } from '../../src/lib/money.ts'

const reasons = (problems: { rule: string; reason: string }[]) =>
  problems.map(({ rule, reason }) => `${rule} ${reason.split('.')[1]}`)

const fen = fc.integer({ min: 0, max: 1_000_000 })
const line = fc.record({ open: fen, mine: fen, fixed: fc.boolean() })
const lines = fc
  .array(line, { maxLength: 8 })
  .map((all) => all.map((one, at): Line => ({ ...one, number: `XS202600000${at}` })))

describe('CRD-16: allocation by hand', () => {
  it('takes at most what is owed of each shipment, and at most the receipt altogether', () => {
    const two: Line[] = [
      { number: 'XS1', open: 500, mine: 100, fixed: false },
      { number: 'XS2', open: 300, mine: 0, fixed: false },
    ]
    const judged = (typed: Record<string, string>, net: number) => {
      const { wanted, problems } = typedLines(two, typed)
      return reasons([...problems, ...allocationProblems(wanted, net)])
    }
    expect(judged({ XS1: '6.00', XS2: '3' }, 900)).toEqual([])
    expect(judged({ XS1: '6.01' }, 900)).toEqual(['CRD-16 moreThanOwed'])
    expect(judged({ XS1: '6', XS2: '3' }, 899)).toEqual(['CRD-16 moreThanPaid'])
    expect(judged({ XS1: '六元' }, 900)).toEqual(['CRD-16 money'])
    expect(judged({ XS9: '1' }, 900)).toEqual(['CRD-16 notOpen'])
    expect(judged({ XS9: ' ', XS1: '' }, 900)).toEqual([])
  })

  it('what is fixed stays, and nothing is given twice on the way', () => {
    fc.assert(
      fc.property(lines, fc.array(fen, { minLength: 8, maxLength: 8 }), (all, sums) => {
        const typed = Object.fromEntries(all.map(({ number }, at) => [number, yuanText(sums[at]!)]))
        const { wanted, problems } = typedLines(all, typed)
        expect(problems).toEqual([])
        for (const one of wanted) if (one.fixed) expect(one.wanted).toBe(one.mine)
        const changes = changesOf(wanted)
        expect(changes.every(({ change }, at) => at === 0 || changes[at - 1]!.change <= change)).toBe(true)
        const after = all.map((one) => one.mine + (changes.find(({ number }) => number === one.number)?.change ?? 0))
        expect(after).toEqual(wanted.map((one) => one.wanted))
      }),
    )
  })
})

it('amounts below zero are written as people read them', () => {
  expect([yuanText(-5), yuanText(-150), yuanText(0), yuanText(834_000)]).toEqual(['-0.05', '-1.50', '0.00', '8340.00'])
  fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), (n) => fenOf(yuanText(n)) === n))
  expect(yuanOf('8,600')).toBe('8600.00')
})

describe('CRD-20: months close in order, when they are over', () => {
  it.each`
    month        | open         | problems
    ${'2026-10'} | ${'2026-10'} | ${[]}
    ${'2026-10'} | ${'2026-09'} | ${['CRD-20 monthsBefore']}
    ${'2026-09'} | ${'2026-10'} | ${['CRD-20 monthClosed']}
    ${'2026-11'} | ${'2026-11'} | ${['CRD-20 monthRuns']}
    ${'2026-12'} | ${'2026-11'} | ${['CRD-20 monthRuns']}
  `('$month with $open open: $problems', ({ month, open, problems }) => {
    expect(reasons(closingProblems(month, { open, current: '2026-11' }))).toEqual(problems)
  })

  it('the next is after the last that was closed, else the first with documents', () => {
    expect(oldestOpen('2025-12', '2024-01', '2026-11')).toBe('2026-01')
    expect(oldestOpen(null, '2024-01', '2026-11')).toBe('2024-01')
    expect(oldestOpen(null, null, '2026-01')).toBe('2025-12')
  })
})

it('CRD-13: only what left from the day of the first release on is a breach', () => {
  expect(reasons(breachProblems('2026-11-01', null))).toEqual(['CRD-13 beforeOpening'])
  expect(reasons(breachProblems('2026-10-31', '2026-11-01'))).toEqual(['CRD-13 beforeOpening'])
  expect(breachProblems('2026-11-01', '2026-11-01')).toEqual([])
})

it('CRD-09: money stays with the release that went out on it', () => {
  const of = (state: string) => reasons(purposeProblems({ state, number: 'FX1' }))
  expect([purposeProblems(null), of('held'), of('cancelled')]).toEqual([[], [], []])
  expect([of('released'), of('shipped')]).toEqual([['CRD-09 purposeReleased'], ['CRD-09 purposeUsed']])
})

describe('CRD-01: a contract', () => {
  const today = '2026-11-23'
  const dates = { signedOn: '2026-11-23', startsOn: '2026-11-23', endsOn: '2026-11-23' }
  it('is signed by now, and ends no earlier than it starts', () => {
    expect(contractProblems(dates, today)).toEqual([])
    expect(reasons(contractProblems({ ...dates, signedOn: '2026-11-24' }, today))).toEqual(['CRD-01 notSigned'])
    expect(reasons(contractProblems({ ...dates, endsOn: '2026-11-22' }, today))).toEqual(['CRD-01 endsFirst'])
  })

  it('ends early once, within its dates, after all it carried', () => {
    const of = { startsOn: '2026-01-01', endsOn: '2026-12-31', endedOn: '', lastShipped: '2026-11-20' }
    expect(endingProblems(of, '2026-11-21')).toEqual([])
    expect(reasons(endingProblems(of, '2026-11-20'))).toEqual(['CRD-01 carried'])
    expect(reasons(endingProblems(of, '2027-01-01'))).toEqual(['CRD-01 outside'])
    expect(reasons(endingProblems({ ...of, endedOn: '2026-11-22' }, '2026-11-25'))).toEqual(['CRD-01 ended'])
  })

  it('holds on its first and its last day, and not on the day it was ended', () => {
    const of = { startsOn: '2026-01-01', endsOn: '2026-12-31', endedOn: '' }
    expect(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map((day) => standingOf(of, day))).toEqual([
      'coming',
      'inForce',
      'inForce',
      'over',
    ])
    const ended = { ...of, endedOn: '2026-06-01' }
    expect([standingOf(ended, '2026-05-31'), standingOf(ended, '2026-06-01')]).toEqual(['inForce', 'ended'])
  })
})
