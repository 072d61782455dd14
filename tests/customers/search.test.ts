import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgePhone } from '../../src/customers/phones.ts'
import { escapeLike, phoneDigits, searchable, termOf, type Look, type SearchText } from '../../src/customers/search.ts'
import { cleanText, fold } from '../../src/lib/text.ts'

/** Any UTF-16 at all, broken pairs and controls included. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units))

/** What PostgreSQL does with a look: `@>` on the pieces, LIKE on the text. */
const like = (text: string, pattern: string) => {
  const source = pattern.replace(/\\([\\%_])|[^]/gu, (one, escaped?: string) => {
    if (escaped === undefined && one === '%') return '[^]*'
    return escaped === undefined && one === '_' ? '[^]' : (escaped ?? one).replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&')
  })
  return new RegExp(`^${source}$`, 'u').test(text)
}
type Stored = { texts: SearchText[]; phones?: string[]; number?: string; code?: string }
const holds = (look: Look, { texts, phones = [], number = '', code = '' }: Stored) => {
  if (look.in === 'phones') return like(phoneDigits(phones.map((phone) => judgePhone(phone).phone!)), look.like)
  if (look.in === 'numbers') return like(number, look.like)
  if (look.in === 'codes') return like(code, look.like)
  const document = searchable(texts)
  return look.grams.every((gram) => document.grams.includes(gram)) && (!look.like || like(document.text, look.like))
}
const finds = (typed: string, stored: Stored) =>
  termOf(typed).words.every((looks) => looks.some((look) => holds(look, stored)))

const stored: Stored = {
  texts: [
    { text: '桃源里TCX机电（厦门）有限公司', as: 'company' },
    { text: '桃机电', as: 'company' },
    { text: '单一鸣', as: 'person' },
    { text: '湖里区望海路318号', as: 'plain' },
  ],
  phones: ['13800001234', '0592-5550123'],
  number: 'K2026000123',
  code: '91350200MA2XUWL806',
}

describe('CUS-14: finding a customer', () => {
  it.each([
    '桃',
    '桃源',
    '里T',
    '机电',
    'TCX',
    'tcx机电',
    '电（厦门',
    '电厦门',
    '源里tcx机',
    '桃源里 厦门',
    '有限公司',
    'tyl',
    'tyltcxjd',
    'xmyxgs',
    'taoyuanli',
    'taoyuanl',
    'taoy',
    'yuanli',
    'jidian',
    'xiamen',
    'tao',
    'li',
    'TAOYUAN',
    'tao yuan',
    '桃机',
    '单一鸣',
    'sym',
    'shanyiming',
    '望海',
    '318',
    '318号',
    '1380000',
    '0000',
    '138 0000 1234',
    '+86 138-0000-1234',
    '0592-5550',
    '5550123',
    'K2026000123',
    'k2026000123',
    '2026000123',
    'K2026',
    'K2026-000123',
    '91350200MA2X',
    '91350200',
    '桃源 5550',
    '　桃源里　',
  ])('%s finds it', (typed) => expect(finds(typed, stored)).toBe(true))

  it.each([
    '梨',
    '源桃',
    '电机',
    'xt',
    'lty',
    'taoyuanli2',
    'danyiming',
    '139',
    '9999',
    'K2027',
    '桃源 139',
    '百分%',
    '_',
  ])('%s does not', (typed) => expect(termOf(typed).words.length > 0 && finds(typed, stored)).toBe(false))

  it('shan, not dan: a surname; yin hang, not xing: a bank', () => {
    expect(finds('yinhang', { texts: [{ text: '望海银行', as: 'company' }] })).toBe(true)
  })

  it("xian is xian and xi'an", () => {
    expect(finds('xian', { texts: [{ text: '西安桃源里', as: 'company' }] })).toBe(true)
    expect(finds('xian', { texts: [{ text: '仙桃里', as: 'company' }] })).toBe(true)
  })

  const name = fc.string({
    unit: fc.constantFrom(...'桃源里机电冷链鹿重庆行TCXabc09（）()· 𬭳㛃-'),
    minLength: 1,
    maxLength: 20,
  })
  const part = fc.tuple(name, fc.nat(), fc.integer({ min: 1, max: 12 })).map(([whole, from, length]) => {
    const characters = Array.from(cleanText(whole))
    const start = characters.length === 0 ? 0 : from % characters.length
    return { whole, fragment: characters.slice(start, start + length).join('') }
  })

  it('the pieces of a name contain the pieces of each of its parts', () => {
    const plain = (text: string) => searchable([{ text, as: 'plain' }]).grams
    fc.assert(
      fc.property(part, ({ whole, fragment }) => {
        expect(plain(whole)).toEqual(expect.arrayContaining(plain(fragment)))
      }),
    )
  })

  it('any part of a name that has a letter in it finds the name', () => {
    fc.assert(
      fc.property(part, ({ whole, fragment }) => {
        fc.pre(fold(fragment) !== '')
        expect(finds(fragment, { texts: [{ text: whole, as: 'company' }] })).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('any part of the initials and of the pinyin finds the name', () => {
    const han = fc.string({
      unit: fc.constantFrom(...'桃源里机电冷链鹿重庆行厦门安西鹅阿欧'),
      minLength: 1,
      maxLength: 10,
    })
    fc.assert(
      fc.property(han, fc.nat(), fc.integer({ min: 1, max: 8 }), (whole, from, length) => {
        const texts: SearchText[] = [{ text: whole, as: 'company' }]
        const { initials, pinyin } = searchable(texts)
        expect(finds(initials.slice(from % initials.length).slice(0, length), { texts })).toBe(true)
        expect(finds(pinyin, { texts })).toBe(true)
      }),
    )
  })

  it('any part of a phone of three digits and more finds it', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^13[0-9]\d{8}$/),
        fc.nat(8),
        fc.integer({ min: 3, max: 11 }),
        (phone, from, length) => {
          const fragment = phone.slice(from, from + length)
          fc.pre(judgePhone(phone).phone !== null && fragment.length >= 3 && !fragment.startsWith('0086'))
          expect(finds(fragment, { texts: [], phones: [phone] })).toBe(true)
        },
      ),
    )
  })

  it('what is typed stands for itself in a pattern', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab%_\\') }),
        fc.string({ unit: fc.constantFrom(...'ab%_\\') }),
        (text, typed) => {
          expect(like(text, `%${escapeLike(typed)}%`)).toBe(text.includes(typed))
        },
      ),
    )
  })

  it.each([
    ['', 'empty'],
    [' · ', 'empty'],
    ['%%', 'empty'],
    ['K2026000123', 'number'],
    ['1380000', 'digits'],
    ['tyl', 'latin'],
    ['桃源', 'text'],
    ['桃源 1380', 'text'],
  ])('%j is read as %s', (typed, kind) => expect(termOf(typed).kind).toBe(kind))

  it.each([
    '桃'.repeat(10_000),
    'xian'.repeat(3_000),
    'a '.repeat(6_000),
    '1'.repeat(10_000),
    '𬭳'.repeat(10_000),
    'zhuang'.repeat(16),
  ])('a long term is read in no time and asks little of the database (%#)', (typed) => {
    const started = performance.now()
    const { words } = termOf(typed)
    expect(performance.now() - started).toBeLessThan(500)
    expect(words.length).toBeLessThanOrEqual(6)
    for (const look of words.flat()) {
      expect(look.like?.length ?? 0).toBeLessThanOrEqual(220)
      if (look.in === 'names') expect(look.grams.length).toBeLessThanOrEqual(24)
    }
  })

  it('nothing that the database would refuse is asked of it', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        for (const look of termOf(typed).words.flat()) expect(JSON.stringify(look)).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }),
    )
  })

  it('a document of a usual name is small and made fast', () => {
    const started = performance.now()
    for (let at = 0; at < 2_000; at++) searchable([{ text: `桃源里机电设备（厦门）有限公司${at}`, as: 'company' }])
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(searchable(stored.texts).grams.length).toBeLessThan(120)
  })
})
