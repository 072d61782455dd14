import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hourlyProblems, purposes, reasonProblems } from '../../src/unmaskings/rules.ts'

describe('PRV-02: the reason', () => {
  it.each([
    [null, null, 'unmaskings:refused.reasonMissing'],
    ['other', null, 'unmaskings:refused.reasonMissing'],
    [null, '对账', 'unmaskings:refused.reasonShort'],
    ['other', '约对账', 'unmaskings:refused.reasonShort'],
    ['other', '约周五对账', undefined],
    [null, '约周五对账', undefined],
    ['call', null, undefined],
    ['accounts', '对', undefined],
  ] as const)('PRV-02: %s with %s → %s', (purpose, reason, refused) => {
    expect(reasonProblems({ purpose, reason }, 4)[0]?.reason).toBe(refused)
  })

  it('PRV-02: nothing is shown without a usual reason or four characters of one’s own', () => {
    const purpose = fc.option(fc.constantFrom(...purposes))
    fc.assert(
      fc.property(purpose, fc.option(fc.string()), (chosen, reason) => {
        const usual = chosen !== null && chosen !== 'other'
        const said = Array.from(reason ?? '').length >= 4
        expect(reasonProblems({ purpose: chosen, reason }, 4).length === 0).toBe(usual || said)
      }),
    )
  })
})

it('PRV-02: sixty fields an hour, and not one more', () => {
  expect(hourlyProblems(59, 60)).toEqual([])
  expect(hourlyProblems(60, 60)).toMatchObject([{ rule: 'PRV-02', params: { most: 60 } }])
})
