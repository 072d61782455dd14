import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenCharacters, cleanText, fold, looksGarbled, plainBrackets } from '../../src/lib/text.ts'

const typed = fc.oneof(
  fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc.string({
    unit: fc.constantFrom(...'桃源里机电冷链鹿AbcXYZ０９Ａｚ（）()[]【】 　\t\n·・.,，。-－ΣςÄß𬭳㛃○〇\u200b\ufeff'),
    maxLength: 40,
  }),
)

describe('cleanText', () => {
  it.each([
    ['  桃源里　机电\t厂 ', '桃源里 机电 厂'],
    ['ＴＣＬ１２号，二楼', 'TCL12号，二楼'],
    ['桃源\u200b里\ufeff', '桃源里'],
    ['第一行\r\n第二行', '第一行 第二行'],
    ['九色\u0000鹿', '九色鹿'],
  ])('%j becomes %j', (value, clean) => expect(cleanText(value)).toBe(clean))

  it('is settled after once, and leaves nothing the database would refuse', () => {
    fc.assert(
      fc.property(typed, (value) => {
        const clean = cleanText(value)
        expect(cleanText(clean)).toBe(clean)
        expect(clean).not.toMatch(/\p{Cc}|\p{Surrogate}/u)
      }),
    )
  })
})

describe('fold', () => {
  it.each([
    ['桃源里（厦门）机电', '桃源里厦门机电'],
    ['桃源里(厦门) 机电', '桃源里厦门机电'],
    ['Ｔａｏ·Yuan & Co., Ltd.', 'taoyuancoltd'],
    ['二○○一', '二〇〇一'],
  ])('%j becomes %j', (value, folded) => expect(fold(value)).toBe(folded))

  it('folds a part of a text to a part of the folded text', () => {
    fc.assert(
      fc.property(typed, fc.nat(), fc.nat(), (value, from, length) => {
        const characters = Array.from(cleanText(value))
        const start = characters.length === 0 ? 0 : from % characters.length
        expect(fold(value)).toContain(fold(characters.slice(start, start + (length % 12)).join('')))
      }),
    )
  })
})

it('plain brackets are told by kind, not by width', () => {
  expect(plainBrackets('（甲）［乙］【丙】〔丁〕')).toBe('(甲)(乙)(丙)(丁)')
})

describe('broken text', () => {
  it.each([
    ['replacement marks', '桃源\ufffd机电'],
    ['private use', '桃江县\ue5e5山镇'],
    ['controls', '桃源\u0001里'],
  ])('%s are found', (_, text) => expect(brokenCharacters(text)).toHaveLength(1))

  it('rare characters are not broken', () => {
    expect(brokenCharacters('䶮㛃𬭳𠮷\u{2ebf0}〇·')).toEqual([])
    expect(brokenCharacters('第一行\r\n第二行\t')).toEqual([])
  })

  it('knows text that was read in the wrong encoding', () => {
    const bytes = new TextEncoder().encode('桃源里机电设备有限公司')
    expect(looksGarbled(new TextDecoder('gb18030').decode(bytes))).toBe(true)
    expect(looksGarbled(new TextDecoder('latin1').decode(bytes))).toBe(true)
    expect(looksGarbled('¹«Ë¾ÓÐÏÞ')).toBe(true)
    expect(looksGarbled('锟斤拷')).toBe(true)
  })

  it.each(['桃源里机电设备有限公司', 'Café Müller', '九色鹿冷链物流（厦门）', 'Ångström & Søn A/S'])(
    'does not suspect %s',
    (text) => expect(looksGarbled(text)).toBe(false),
  )
})
