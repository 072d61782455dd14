import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseName } from '../../src/customers/names.ts'
import {
  customerNumber,
  likeness,
  missingFields,
  missingToConfirm,
  parseCustomerNumber,
  type Completeness,
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
  const whole = {
    name: '桃源里机电',
    kind: 'organisation',
    reach: '13800001234',
    source: 'walk_in',
    purpose: 'business',
  }

  it('is name, kind, one way to reach, source and purpose', () => {
    expect(missingFields(whole)).toEqual([])
    const none = { name: ' ', kind: null, reach: null, source: null, purpose: null }
    expect(missingFields(none).map(({ rule, field }) => `${rule} ${field}`)).toEqual([
      'CUS-04 name',
      'CUS-04 kind',
      'CUS-04 phone',
      'CUS-04 source',
      'CUS-04 purpose',
    ])
  })

  it.each(['name', 'kind', 'reach', 'source', 'purpose'] as const)('says what is missing: %s', (field) => {
    for (const nothing of [null, '', '  '])
      expect(missingFields({ ...whole, [field]: nothing }).map(({ reason }) => reason)).toEqual([
        `customers:refused.${field}Missing`,
      ])
  })
})

describe('CUS-04: the minimum to be confirmed', () => {
  const file = { contacts: 1, website: null, address: '云外路 18 号', creditNote: '月结', tradeNote: '尚无交易' }

  it.each<[string, Partial<Completeness>, string[]]>([
    ['a whole file', {}, []],
    ['a website instead of an address', { website: 'https://www.example.cn', address: null }, []],
    ['no contact', { contacts: 0 }, ['confirmContacts']],
    ['neither website nor address', { address: null }, ['confirmPlace']],
    ['no credit description', { creditNote: null }, ['confirmCredit']],
    ['no transaction history', { tradeNote: '' }, ['confirmTrade']],
    [
      'nothing',
      { contacts: 0, address: null, creditNote: null, tradeNote: null },
      ['confirmContacts', 'confirmPlace', 'confirmCredit', 'confirmTrade'],
    ],
  ])('%s', (_, more, reasons) => {
    expect(missingToConfirm({ ...file, ...more })).toEqual(
      reasons.map((reason) => ({ rule: 'CUS-04', reason: `customers:refused.${reason}` })),
    )
  })
})

describe('POOL-01: whether two records mean one customer', () => {
  type More = { code?: string; phones?: string[]; kind?: Identity['kind'] }
  const record = (name: string, { code, phones = [], kind = 'organisation' }: More = {}): Identity => ({
    kind,
    name: normaliseName(name, kind),
    code: code ? { kind: kind === 'person' ? 'resident_id' : 'uscc', value: code } : null,
    phones,
  })
  const person = (name: string, more: More = {}) => record(name, { ...more, kind: 'person' })
  const mobile = '19900001234'

  it.each<[string, Identity, Identity, ReturnType<typeof likeness>]>([
    [
      'the same code under another name',
      record('桃源里机电有限公司', { code: 'A' }),
      record('九色鹿冷链有限公司', { code: 'A' }),
      'same',
    ],
    [
      'the same name, one without a code',
      record('桃源里机电有限公司', { code: 'A' }),
      record('桃源里 机电有限公司'),
      'same',
    ],
    [
      'the same name with other codes',
      record('桃源里机电有限公司', { code: 'A' }),
      record('桃源里机电有限公司', { code: 'B' }),
      'alike',
    ],
    ['the same core without codes', record('杭州桃源里机电有限公司'), record('桃源里机电厂'), 'alike'],
    [
      'the same core with other codes',
      record('杭州桃源里机电有限公司', { code: 'A' }),
      record('宁波桃源里机电厂', { code: 'B' }),
      'different',
    ],
    ['a company and its branch', record('桃源里机电有限公司'), record('桃源里机电有限公司德清分公司'), 'different'],
    [
      'the same telephone under another name',
      record('桃源里机电有限公司', { phones: [mobile] }),
      record('九色鹿冷链有限公司', { phones: ['057185550123', mobile] }),
      'alike',
    ],
    [
      'the same telephone with other codes',
      record('桃源里机电有限公司', { code: 'A', phones: [mobile] }),
      record('九色鹿冷链有限公司', { code: 'B', phones: [mobile] }),
      'different',
    ],
    ['a person without a telephone and a namesake', person('林九色', { phones: [mobile] }), person('林九色'), 'same'],
    [
      'namesakes with other telephones',
      person('林九色', { phones: [mobile] }),
      person('林九色', { phones: ['19900004321'] }),
      'alike',
    ],
    [
      'a person of the same name and telephone',
      person('林九色', { phones: [mobile] }),
      person('林九色', { phones: [mobile] }),
      'same',
    ],
    ['nothing in common', record('桃源里机电有限公司'), record('九色鹿冷链有限公司'), 'different'],
  ])('%s', (_, one, other, expected) => {
    expect(likeness(one, other)).toBe(expected)
    expect(likeness(other, one)).toBe(expected)
  })

  it('asks in either order with the same answer, and nobody differs from himself', () => {
    const some = fc.record({
      kind: fc.constantFrom<Identity['kind']>('organisation', 'person'),
      name: fc
        .constantFrom('桃源里机电有限公司', '杭州桃源里机电厂', '九色鹿冷链有限公司')
        .map((name) => normaliseName(name)),
      code: fc.constantFrom(null, { kind: 'uscc' as const, value: 'A' }, { kind: 'uscc' as const, value: 'B' }),
      phones: fc.subarray([mobile, '057185550123', '4001550123']),
    })
    fc.assert(
      fc.property(some, some, (one, other) => {
        expect(likeness(one, other)).toBe(likeness(other, one))
        expect(likeness(one, one)).toBe('same')
      }),
    )
  })
})
