import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgePhone, judgePhones, maskPhone, phoneProblems } from '../../src/customers/phones.ts'

/** Any UTF-16 at all, broken pairs and controls included. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units))

describe('CUS-04: phone numbers', () => {
  it.each([
    ['13800001234', '13800001234', 'mobile'],
    ['１３８　００００　１２３４', '13800001234', 'mobile'],
    ['138-0000-1234', '13800001234', 'mobile'],
    ['+86 138 0000 1234', '13800001234', 'mobile'],
    ['0086-13800001234', '13800001234', 'mobile'],
    ['手机：13800001234', '13800001234', 'mobile'],
    ['19912345678', '19912345678', 'mobile'],
    ['0571-85550123', '0571-85550123', 'landline'],
    ['（0571）85550123', '0571-85550123', 'landline'],
    ['0571 8555 0123', '0571-85550123', 'landline'],
    ['57185550123', '0571-85550123', 'landline'],
    ['010-65550123-8001', '010-65550123-8001', 'landline'],
    ['010-65550123转8001', '010-65550123-8001', 'landline'],
    ['021-65550123 ext. 5', '021-65550123-5', 'landline'],
    ['400-155-0123', '400-155-0123', 'hotline'],
    ['4001550123转2', '400-155-0123-2', 'hotline'],
    ['8008100123', '800-810-0123', 'hotline'],
    ['95588', '95588', 'service'],
    ['12345', '12345', 'service'],
    ['110', '110', 'service'],
    ['962288', '962288', 'service'],
    ['+852 2155 0123', '+852 2155 0123', 'foreign'],
  ])('%s is %s, a %s', (typed, shown, type) => {
    expect(judgePhone(typed).phone).toMatchObject({ shown, type })
    expect(judgePhone(shown).phone).toEqual(judgePhone(typed).phone)
  })

  it.each([
    ['85550123', 'areaCode'],
    ['1380000123', 'length'],
    ['138000012345', 'length'],
    ['12012345678', 'unknown'],
    ['555', 'length'],
    ['同上', 'unknown'],
    ['见备注1', 'letters'],
    ['1.38E+10', 'rounded'],
    ['', 'unknown'],
  ])('%s is refused: %s', (typed, fault) => {
    expect(judgePhone(typed)).toEqual({ phone: null, fault })
    expect(phoneProblems(typed)).toMatchObject([{ rule: 'CUS-04', field: 'phone' }])
  })

  it('what is searched are the digits, extension included', () => {
    expect(judgePhone('010-65550123转8001').phone?.digits).toBe('010655501238001')
  })

  it.each([
    ['0571-85550123/85550124', ['0571-85550123', '0571-85550124'], []],
    ['0571-8555 0123/138 0000 1234；95588', ['0571-85550123', '13800001234', '95588'], []],
    ['13800001234 0571-85550123', ['13800001234', '0571-85550123'], []],
    ['13800001234、同上', ['13800001234'], ['同上']],
    ['138 0000 1234', ['13800001234'], []],
    ['', [], []],
  ])('several in one cell: %s', (cell, shown, unread) => {
    const judged = judgePhones(cell)
    expect(judged.phones.map((phone) => phone.shown)).toEqual(shown)
    expect(judged.unread.map((one) => one.text)).toEqual(unread)
  })

  it('answers to anything', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.stringMatching(/^[0-9+\-() 转x/]{0,30}$/)), (typed) => {
        const { phone } = judgePhone(typed)
        if (phone) expect(phone.digits).toMatch(/^\d{3,21}$/)
        judgePhones(typed)
      }),
    )
  })

  it('a long cell takes no time', () => {
    const started = performance.now()
    judgePhones('1'.repeat(20_000))
    judgePhone('0571-'.repeat(4_000))
    judgePhones('1 '.repeat(10_000))
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('PRV-02: masks', () => {
  it.each([
    ['13800001234', '138****1234'],
    ['0571-85550123', '0571-****0123'],
    ['010-65550123-8001', '010-****0123'],
    ['400-155-0123', '400-***-0123'],
    ['400-155-0123-2', '400-***-0123'],
    ['95588', '*****'],
    ['+852 2155 0123', '+852 ****0123'],
  ])('%s is shown as %s', (shown, masked) => expect(maskPhone(shown)).toBe(masked))

  it('never show more than area code, operator and the last four digits', () => {
    const phone = fc
      .oneof(fc.stringMatching(/^1[3-9]\d{9}$/), fc.stringMatching(/^0\d{2,3}-[2-8]\d{6,7}(-\d{1,6})?$/))
      .map((typed) => judgePhone(typed).phone)
      .filter((found) => found !== null)
    fc.assert(
      fc.property(phone, ({ shown }) => {
        const masked = maskPhone(shown)
        expect(masked).toContain('***')
        expect(masked.replace(/\D/g, '').length).toBeLessThanOrEqual(8)
        expect(masked.replace(/\*/g, '').length).toBeLessThan(shown.length)
      }),
    )
  })

  it('of anything at all is not the thing itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9+ -]{1,20}$/), (text) => {
        if (/\d/.test(text)) expect(maskPhone(text)).toContain('***')
      }),
    )
  })
})
