import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeProblems, isResidentId, isUscc, judgeCode, maskCode } from '../../src/customers/codes.ts'

/** Any UTF-16 at all, broken pairs and controls included. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units))

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Invented codes: any body, completed by trying the check characters. */
const uscc = fc
  .tuple(
    fc.constantFrom('91', '92', '93', '12', '52'),
    fc.stringMatching(/^[1-9]\d{5}$/),
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.join(''))
  .map((body) => body + Array.from(alphabet).find((check) => isUscc(body + check))!)
  .filter((code) => !isResidentId(code))

const residentId = fc
  .tuple(
    fc.stringMatching(/^[1-8]\d{5}$/),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2025-12-31'), noInvalidDate: true }),
    fc.stringMatching(/^\d{3}$/),
  )
  .map(([area, born, order]) => `${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${order}`)
  .map((body) => body + Array.from('0123456789X').find((check) => isResidentId(body + check))!)

const replaced = (code: string, at: number, by: string) => code.slice(0, at) + by + code.slice(at + 1)

describe('CUS-03: unified social credit codes (GB 32100)', () => {
  it('one wrong character is always refused', () => {
    fc.assert(
      fc.property(uscc, fc.nat(17), fc.constantFrom(...alphabet), (code, at, wrong) => {
        fc.pre(code[at] !== wrong)
        expect(isUscc(code)).toBe(true)
        expect(isUscc(replaced(code, at, wrong))).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('two neighbours that changed places are refused', () => {
    fc.assert(
      fc.property(uscc, fc.nat(16), (code, at) => {
        fc.pre(code[at] !== code[at + 1])
        expect(isUscc(replaced(replaced(code, at, code[at + 1]!), at + 1, code[at]!))).toBe(false)
      }),
    )
  })

  it('are recognised however they are typed', () => {
    fc.assert(
      fc.property(uscc, (code) => {
        const wide = Array.from(code, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join('')
        for (const typed of [code, code.toLowerCase(), ` ${code} `, code.replace(/(.{4})/g, '$1 '), wide])
          expect(judgeCode(typed)).toEqual({ kind: 'uscc', value: code, warning: null })
      }),
    )
  })
})

describe('CUS-03: resident ID numbers (GB 11643)', () => {
  it('one wrong digit is always refused', () => {
    fc.assert(
      fc.property(residentId, fc.nat(17), fc.constantFrom(...'0123456789X'), (code, at, wrong) => {
        fc.pre(code[at] !== wrong)
        expect(isResidentId(code)).toBe(true)
        expect(isResidentId(replaced(code, at, wrong))).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('one that would also pass as a credit code is still a person, and masked as one', () => {
    const both = '330100199002280011'
    expect([isUscc(both), isResidentId(both)]).toEqual([true, true])
    expect(judgeCode(both).kind).toBe('resident_id')
    expect(maskCode(both)).toBe('3301************11')
  })

  it('a day that does not exist is told as such', () => {
    const body = '33010019990231001'
    const faults = Array.from('0123456789X', (check) => judgeCode(body + check)).map((code) =>
      code.kind === 'invalid' ? code.fault : code.kind,
    )
    expect(faults.filter((fault) => fault === 'date')).toHaveLength(1)
    expect(new Set(faults)).toEqual(new Set(['date', 'checkDigit']))
  })
})

describe('CUS-03: older numbers and what is no code', () => {
  const mod1110 = (body: string) => {
    let product = 10
    for (const digit of body) product = (((product + Number(digit)) % 10 || 10) * 2) % 11
    return body + ((11 - product) % 10)
  }

  it('a 15-digit registration number has a check digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{13}$/), fc.nat(14), fc.nat(9), (body, at, wrong) => {
        const number = mod1110(body)
        expect(judgeCode(number)).toEqual({ kind: 'registration', value: number, warning: 'oldRegistration' })
        fc.pre(number[at] !== String(wrong))
        expect(judgeCode(replaced(number, at, String(wrong)))).toMatchObject({ kind: 'invalid', fault: 'checkDigit' })
      }),
    )
  })

  it.each([
    ['3300002100001', { kind: 'registration', warning: 'oldRegistration' }],
    ['企独浙总字第000123号', { kind: 'registration', warning: 'oldRegistration' }],
    ['12345678-8', { kind: 'organisation', value: '123456788', warning: 'oldOrganisation' }],
    ['123456780', { kind: 'invalid', fault: 'checkDigit' }],
    ['', { kind: 'none' }],
    [' 　', { kind: 'none' }],
    ['9.1330100E+17', { kind: 'invalid', fault: 'rounded' }],
    ['913301002718290000', { kind: 'invalid', fault: 'rounded' }],
    ['91330100MA2XIOZ123', { kind: 'invalid', fault: 'characters' }],
    ['正在办理', { kind: 'invalid', fault: 'characters' }],
    ['91330100', { kind: 'invalid', fault: 'length' }],
    ['9133010027182900000', { kind: 'invalid', fault: 'length' }],
  ])('%s: %j', (typed, expected) => expect(judgeCode(typed)).toMatchObject(expected))

  it('refuses what cannot be a code, naming the rule and showing it masked', () => {
    expect(codeProblems(judgeCode('91330100271829'), 'organisation')).toEqual([
      {
        rule: 'CUS-03',
        reason: 'customers:refused.codeLength',
        field: 'code',
        params: { code: '913********829', length: 14 },
      },
    ])
  })

  it("refuses a person's number on an organisation, and the reverse", () => {
    fc.assert(
      fc.property(uscc, residentId, (company, person) => {
        expect(codeProblems(judgeCode(company), 'organisation')).toEqual([])
        expect(codeProblems(judgeCode(company), 'person')).toHaveLength(1)
        expect(codeProblems(judgeCode(person), 'person')).toEqual([])
        expect(codeProblems(judgeCode(person), 'organisation')).toHaveLength(1)
      }),
    )
  })

  it('answers to anything', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        expect(judgeCode(typed).value.length).toBeLessThanOrEqual(typed.length)
      }),
    )
  })
})

describe('PRV-02: masks', () => {
  it('of an organisation shows 10 of 18 characters at most', () => {
    fc.assert(
      fc.property(uscc, (code) => {
        expect(maskCode(code)).toMatch(/^.{4}\*{4,12}.{0,4}\*{0,4}.{2}$/)
        expect(maskCode(code).replaceAll('*', '').length).toBeLessThanOrEqual(10)
      }),
    )
  })

  it('of a person shows neither birthday nor sequence', () => {
    fc.assert(
      fc.property(residentId, (code) => {
        expect(maskCode(code)).toBe(`${code.slice(0, 4)}************${code.slice(16)}`)
      }),
    )
  })

  it('of anything else shows half at most', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{0,17}$/), (code) => {
        const masked = maskCode(code)
        expect(masked).toHaveLength(code.length)
        expect(masked.replaceAll('*', '').length * 2).toBeLessThanOrEqual(code.length)
      }),
    )
  })
})
