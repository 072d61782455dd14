import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseName } from '../../src/customers/names.ts'
import {
  customerNumber,
  likeness,
  missingFields,
  parseCustomerNumber,
  type Identity,
} from '../../src/customers/rules.ts'

describe('CUS-01: customer numbers', () => {
  it('are K, the year and six digits', () => {
    expect(customerNumber(2026, 1)).toBe('K2026000001')
    expect(customerNumber(2026, 999_999)).toBe('K2026999999')
  })

  it.each([0, -1, 1_000_000, 1.5])('there is none for %s', (serial) => {
    expect(() => customerNumber(2026, serial)).toThrow(RangeError)
  })

  it('are read back, and never the same for two', () => {
    const serial = fc.integer({ min: 1, max: 999_999 })
    const year = fc.integer({ min: 2000, max: 2999 })
    fc.assert(
      fc.property(year, serial, year, serial, (one, first, other, second) => {
        expect(parseCustomerNumber(customerNumber(one, first))).toEqual({ year: one, serial: first })
        expect(customerNumber(one, first) === customerNumber(other, second)).toBe(one === other && first === second)
      }),
    )
  })

  it.each([
    ['k2026000123', { year: 2026, serial: 123 }],
    [' K2026-000123 ', { year: 2026, serial: 123 }],
    ['K2026000000', null],
    ['2026000123', null],
    ['K20260001234', null],
  ])('%j is %j', (typed, parsed) => expect(parseCustomerNumber(typed)).toEqual(parsed))
})

describe('CUS-04: the minimum to save', () => {
  it('is name and kind in the first release', () => {
    expect(missingFields({ name: '桃源里机电', kind: 'organisation' })).toEqual([])
    expect(missingFields({ name: ' ' }).map((problem) => problem.field)).toEqual(['name', 'kind'])
  })

  it('widens by the list of required fields', () => {
    const all = ['name', 'kind', 'reach', 'source', 'purpose'] as const
    expect(missingFields({ name: '桃源里机电', kind: 'organisation', reach: '13800001234' }, all)).toEqual([
      { rule: 'CUS-04', reason: 'customers:refused.sourceMissing', field: 'source' },
      { rule: 'CUS-04', reason: 'customers:refused.purposeMissing', field: 'purpose' },
    ])
  })
})

describe('POOL-01: whether two records mean one customer', () => {
  const record = (name: string, value?: string): Identity => ({
    name: normaliseName(name),
    code: value ? { kind: 'uscc', value } : null,
  })

  it.each([
    ['the same code under another name', record('桃源里机电有限公司', 'A'), record('九色鹿冷链有限公司', 'A'), 'same'],
    ['the same name, one without a code', record('桃源里机电有限公司', 'A'), record('桃源里 机电有限公司'), 'same'],
    ['the same name with other codes', record('桃源里机电有限公司', 'A'), record('桃源里机电有限公司', 'B'), 'alike'],
    ['the same core without codes', record('杭州桃源里机电有限公司'), record('桃源里机电厂'), 'alike'],
    [
      'the same core with other codes',
      record('杭州桃源里机电有限公司', 'A'),
      record('宁波桃源里机电厂', 'B'),
      'different',
    ],
    ['a company and its branch', record('桃源里机电有限公司'), record('桃源里机电有限公司德清分公司'), 'different'],
    ['nothing in common', record('桃源里机电有限公司'), record('九色鹿冷链有限公司'), 'different'],
  ])('%s', (_, one, other, expected) => {
    expect(likeness(one, other)).toBe(expected)
    expect(likeness(other, one)).toBe(expected)
  })
})
