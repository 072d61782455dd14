import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filingDue, filingProblems, figuresOf, splitAt } from '../../src/contact-records/month/rules.ts'
import { recordDue, recordProblems, rowProblems, type Written } from '../../src/contact-records/rules.ts'
import { at, office } from '../deadlines/calendar.ts'

const written = (more: Partial<Written> = {}): Written => ({
  at: at('2026-11-24 10:00'),
  contactId: 1n,
  person: null,
  nextStep: null,
  nextOn: null,
  formal: false,
  views: null,
  business: null,
  needs: null,
  ...more,
})
const reasons = (more: Partial<Written>, now = '2026-11-24 12:00') =>
  recordProblems(written(more), at(now)).map(({ rule, reason, field }) => `${rule} ${reason} ${field}`)

describe('CUS-19: by when a contact is written down', () => {
  it('CUS-19, CAL-03: contacts.record_days: so many working days on, and none: the same day; until the close itself, over weekends and holidays', () => {
    const due = (text: string, days = 1) => recordDue(office, { at: at(text), way: 'call' }, days)
    expect(due('2026-11-24 22:00')).toEqual(at('2026-11-25 17:30'))
    expect(due('2026-11-27 10:00')).toEqual(at('2026-11-30 17:30'))
    expect(due('2026-02-14 10:00')).toEqual(at('2026-02-24 17:30'))
    expect(due('2026-11-24 10:00', 0)).toEqual(at('2026-11-24 17:30'))
  })

  it('REL-02: what was heard on a daily round until 24:00 of the same day', () => {
    const due = recordDue(office, { at: at('2026-11-28 09:00'), way: 'round' }, 1)
    expect(due).toEqual(at('2026-11-29 00:00'))
  })

  it('CUS-19: never due before the contact itself', () => {
    const moment = fc.integer({ min: at('2026-01-05 00:00').getTime(), max: at('2026-12-20 00:00').getTime() })
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 10 }), fc.boolean(), (ms, days, round) => {
        const when = new Date(ms)
        const due = recordDue(office, { at: when, way: round ? 'round' : 'meeting' }, days)
        expect(due > when).toBe(true)
      }),
    )
  })
})

describe('CUS-19, REL-02: what a record holds', () => {
  it('CUS-19: with whom, and not in the future; a day of the next step has a step and lies not before', () => {
    expect(reasons({})).toEqual([])
    expect(reasons({ contactId: null, person: '桃夭' })).toEqual([])
    expect(reasons({ contactId: null })).toEqual(['CUS-19 contactRecords:refused.nobody person'])
    expect(reasons({}, '2026-11-24 09:59')).toEqual(['CUS-19 contactRecords:refused.future at'])
    expect(reasons({ nextOn: '2026-11-23', nextStep: '寄样' })).toEqual([
      'CUS-19 contactRecords:refused.nextBefore nextOn',
    ])
    expect(reasons({ nextOn: '2026-11-24' })).toEqual(['CUS-19 contactRecords:refused.noNextStep nextStep'])
  })

  it('REL-02: a formal one asks views, business and needs, each by its own field; letting is for owners', () => {
    const fields = (more: Partial<Written>) =>
      recordProblems(written(more), at('2026-11-25 10:00')).map(({ field }) => field)
    expect(fields({ formal: true })).toEqual(['views', 'business', 'needs'])
    expect(fields({ formal: true, views: '满意', needs: '无' })).toEqual(['business'])
    expect(fields({ formal: true, views: '满意', business: '平稳', needs: '无' })).toEqual([])
  })

  it('VIS-07: a promise has words and a day, or is none', () => {
    const row = (n: number, what: string | null, dueOn: string | null) => ({ n, what, dueOn })
    expect(rowProblems([row(1, null, null), row(2, '送样', '2026-12-01')])).toEqual([])
    expect(rowProblems([row(1, '送样', null), row(2, null, '2026-12-01')]).map(({ field }) => field)).toEqual([
      'dueOn1',
      'promise2',
    ])
  })
})

describe('REL-01: the month’s contact record', () => {
  it('REL-01: is due at the close of the month’s last working day, whatever day that is', () => {
    expect(filingDue(office, '2026-11')).toEqual(at('2026-11-30 17:30'))
    expect(filingDue(office, '2026-01')).toEqual(at('2026-01-30 17:30'))
    expect(filingDue(office, '2026-02')).toEqual(at('2026-02-28 17:30'))
  })

  it('REL-01: a month not begun is not filed, nor one twice', () => {
    const now = at('2026-11-24 10:00')
    expect(filingProblems('2026-12', false, now)).toHaveLength(1)
    expect(filingProblems('2026-11', true, now)).toHaveLength(1)
    expect(filingProblems('2026-10', false, now)).toEqual([])
  })

  it('REL-01: what was entered after filing stands by itself, and every line stands once', () => {
    const line = fc.record({
      enteredAt: fc.integer({ min: 0, max: 100 }).map((n) => new Date(n)),
      visit: fc.boolean(),
      formal: fc.boolean(),
      late: fc.boolean(),
      customerId: fc.option(fc.bigInt({ min: 1n, max: 9n })),
    })
    fc.assert(
      fc.property(fc.array(line), fc.option(fc.integer({ min: 0, max: 100 })), (lines, filed) => {
        const { inTime, after } = splitAt(lines, filed === null ? null : new Date(filed))
        expect(inTime.length + after.length).toBe(lines.length)
        if (filed === null) expect(after).toEqual([])
        const { visits, records, customers } = figuresOf(inTime)
        expect(visits + records).toBe(inTime.length)
        expect(customers).toBeLessThanOrEqual(9)
      }),
    )
  })
})
