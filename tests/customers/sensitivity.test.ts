import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isResidentId } from '../../src/customers/codes.ts'
import { levelOf, maskedFields, unveil, veil, veilFields } from '../../src/customers/sensitivity.ts'

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))
const mobile = fc.tuple(fc.constantFrom('138', '159', '199'), digits(8)).map((parts) => parts.join(''))
const landline = fc.tuple(fc.constantFrom('010', '0571', '0898'), digits(8)).map((parts) => parts.join('-'))
const phone = fc.oneof(mobile, landline)
const phones = fc.uniqueArray(phone, { minLength: 1, maxLength: 4 })

describe('PRV-02: what anybody may see of a value', () => {
  it.each([
    ['phone', '13800005678', '138****5678'],
    ['phone', '0571-85550123', '0571-****0123'],
    ['phone', '400-155-0123', '400-***-0123'],
    ['phone', '13800005678、0571-85550123-8001', '138****5678、0571-****0123'],
    ['email', 'lin.jiuse@example.cn', 'l***@example.cn'],
    ['wechat', 'jiuselu_88', 'ji***'],
    ['code', '91330106MA27XL1R3Q', '9133****MA27****3Q'],
    ['code', '11010519491231002X', '1101************2X'],
    ['creditNote', '月结 30 天', '******'],
    ['tradeNote', '', ''],
    ['name', '九色鹿冷链物流有限公司', '九色鹿冷链物流有限公司'],
    ['address', '云外路 18 号', '云外路 18 号'],
  ])('%s %s → %s', (field, value, seen) => expect(veil(field, value)).toBe(seen))

  it('the middle of a telephone is nowhere in it', () => {
    fc.assert(
      fc.property(phone, (value) => {
        expect(veil('phone', value)).toBe(`${value.slice(0, -8)}****${value.slice(-4)}`)
      }),
    )
  })

  it('of a resident ID neither birthday nor sequence is seen, and it is of the third level', () => {
    const id = fc.tuple(
      fc.constantFrom('110105', '330106', '440308'),
      fc.constantFrom('19491231', '20010203', '19880808'),
      digits(3),
    )
    fc.assert(
      fc.property(id, ([area, birthday, sequence]) => {
        const body = `${area}${birthday}${sequence}`
        const value = body + Array.from('0123456789X').find((check) => isResidentId(body + check))!
        expect(veil('code', value)).not.toContain(birthday)
        expect(veil('code', value)).toMatch(/^\d{4}\*{12}[\dX]{2}$/)
      }),
    )
    expect(levelOf('code', '11010519491231002X')).toBe('l3')
    expect(levelOf('code', '91330106MA27XL1R3Q')).toBe('l2')
    expect(levelOf('name')).toBe('l1')
  })

  it('a record is masked by the names of its fields, lists too, and the rest stays', () => {
    const record = {
      id: 7n,
      name: '广寒宫',
      phone: '13800005678',
      morePhones: ['13800001111'],
      email: null,
      plates: ['浙A12345'],
    }
    expect(veilFields(record)).toEqual({ ...record, phone: '138****5678', morePhones: ['138****1111'] })
  })
})

describe('PRV-02: a form sent back with the masked value means the value that is there', () => {
  it.each([...maskedFields].filter((field) => !/phone/i.test(field)))('%s', (field) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), (value) => {
        expect(unveil(field, veil(field, value), value)).toBe(value)
      }),
    )
  })

  it('several telephones, each by itself and in any order', () => {
    fc.assert(
      fc.property(phones, (all) => {
        const known = all.join('、')
        expect(unveil('phone', veil('phone', known), known)).toBe(known)
        const turned = all.toReversed().map((one) => veil('phone', one))
        expect(new Set(unveil('phone', turned.join('、'), known)!.split('、'))).toEqual(new Set(all))
      }),
    )
  })

  it('one of them may be written anew, or left out', () => {
    const known = '13800005678、0571-85550123'
    expect(unveil('phone', '138****5678、19900001234', known)).toBe('13800005678、19900001234')
    expect(unveil('phone', '0571-****0123', known)).toBe('0571-85550123')
    expect(unveil('phone', null, known)).toBeNull()
  })

  it('what is typed anew, and what is not masked, stays as typed', () => {
    expect(unveil('email', 'new@example.cn', 'old@example.cn')).toBe('new@example.cn')
    expect(unveil('remark', '******', 'secret')).toBe('******')
    expect(unveil('creditNote', '******', null)).toBe('******')
  })
})
