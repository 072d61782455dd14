import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askProblems, dayProblems, mostBelow, signProblems, type Standing } from '../../src/credit/overrides/rules.ts'
import { isBelowPart } from '../../src/credit/reckoning.ts'

const used = { release: 'FX2026000001', by: '褚云墨', on: '2026-11-02' }
const standing = (more: Partial<Standing> = {}): Standing => ({
  state: 'held',
  holds: ['over'],
  short: 33_640_00,
  limit: 286_000_00,
  part: 3,
  used: { first: null, final: null },
  ...more,
})
const said = (problems: { rule: string; reason: string }[]) => problems.map(({ rule, reason }) => `${rule} ${reason}`)
const first = (more: Partial<Standing> = {}) => said(askProblems('first', standing(more)))
const final = (more: Partial<Standing> = {}) => said(askProblems('final', standing(more)))
const overdue = (more: Partial<Standing> = {}) => said(askProblems('overdue', standing(more)))

describe('what may be asked', () => {
  it('CRD-07: strictly below a third of the limit, to the fen', () => {
    expect(first({ limit: 300_000, short: 99_999 })).toEqual([])
    expect(first({ limit: 300_000, short: 100_000 })).toEqual(['CRD-07 overrides:refused.tooMuch'])
    expect(first({ limit: 300_001, short: 100_000 })).toEqual([])
    expect(first({ limit: 300_001, short: 100_001 })).toEqual(['CRD-07 overrides:refused.tooMuch'])
  })

  it('CRD-07, CRD-08: the most that may be asked is below the part, and a fen more is not', () => {
    const fen = fc.integer({ min: 1, max: 1_000_000_000 })
    fc.assert(
      fc.property(fen, fc.integer({ min: 1, max: 20 }), (limit, part) => {
        const most = mostBelow(limit, part)
        expect(most === 0 || isBelowPart(most, limit, part)).toBe(true)
        expect(isBelowPart(most + 1, limit, part)).toBe(false)
      }),
    )
  })

  it('CRD-07: once a month, and the sentence says for which release and by whom', () => {
    expect(first({ used: { first: used, final: null } })).toEqual(['CRD-07 overrides:refused.firstUsed'])
    expect(askProblems('first', standing({ used: { first: used, final: null } }))[0]!.params).toEqual(used)
  })

  it('CRD-08: only after this month’s first, and once', () => {
    expect(final()).toEqual(['CRD-08 overrides:refused.firstFirst'])
    expect(final({ used: { first: used, final: null } })).toEqual([])
    expect(final({ used: { first: used, final: used } })).toEqual(['CRD-08 overrides:refused.finalUsed'])
  })

  it('CRD-05: lifts the stop alone, an override what is over alone', () => {
    expect(overdue({ holds: ['overdue'] })).toEqual([])
    expect(overdue({ holds: ['overdue', 'over'] })).toEqual([])
    expect(overdue()).toEqual(['CRD-05 overrides:refused.notOverdue'])
    expect(first({ holds: ['overdue'] })).toEqual(['CRD-07 overrides:refused.notOver'])
    expect(first({ holds: ['unpaid'], limit: 0 })).toEqual(['CRD-07 overrides:refused.noLimit'])
    expect(first({ holds: ['over', 'closed'] })).toEqual(['CRD-01 overrides:refused.closed'])
  })

  it('CRD-06: only what is held, and held still', () => {
    expect(first({ state: 'released', holds: [] })).toEqual(['CRD-07 overrides:refused.notHeld'])
    expect(first({ state: 'cancelled' })).toEqual(['CRD-07 overrides:refused.notHeld'])
    expect(first({ holds: [], short: 0 })).toEqual(['CRD-07 overrides:refused.passesNow'])
  })
})

describe('what may be signed', () => {
  const sign = (kind: 'first' | 'overdue', amount: number, validOn: string, more: Partial<Standing>) =>
    said(signProblems(kind, { amount, validOn }, standing(more), '2026-11-23'))

  it('CRD-20: the figure as it is at signing: more is over than was asked, and it would let nothing out', () => {
    expect(sign('first', 33_640_00, '', {})).toEqual([])
    expect(sign('first', 33_640_00, '', { short: 20_000_00 })).toEqual([])
    expect(sign('first', 33_640_00, '', { short: 33_640_01 })).toEqual(['CRD-07 overrides:refused.moved'])
  })

  it('CRD-07: the whole amount is below the part of the limit as it is at signing, also where less is short by now', () => {
    const now = { limit: 60_000_00, short: 10_000_00 }
    expect(sign('first', 19_999_99, '', now)).toEqual([])
    expect(sign('first', 20_000_00, '', now)).toEqual(['CRD-07 overrides:refused.tooMuch'])
  })

  it('CRD-05: not when the day it was asked for is past', () => {
    expect(sign('overdue', 100, '2026-11-23', { holds: ['overdue'] })).toEqual([])
    expect(sign('overdue', 100, '2026-11-22', { holds: ['overdue'] })).toEqual(['CRD-05 overrides:refused.dayOver'])
  })

  it('CRD-05: a day that it can be given for', () => {
    const days = ['2026-11-23', '2026-11-24', '2026-11-27']
    expect(dayProblems('2026-11-24', days)).toEqual([])
    expect(said(dayProblems('2026-11-25', days))).toEqual(['CRD-05 overrides:refused.day'])
    expect(dayProblems('2026-11-28', days)[0]!.params).toEqual({ last: '2026-11-27' })
  })
})
