import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf, printable } from '../../src/documents/text.ts'

const width = (text: string) => Array.from(text).reduce((sum, each) => sum + (each > '\u2e80' ? 2 : 1), 0)
const wrap = (text: string, room: number) => linesOf(text, room, width)

describe('linesOf', () => {
  it.each`
    text                                | room  | lines
    ${''}                               | ${10} | ${['']}
    ${'九色鹿冷链'}                     | ${6}  | ${['九色鹿', '冷链']}
    ${'冷库门，漏风'}                   | ${6}  | ${['冷库', '门，漏', '风']}
    ${'他说「好的」'}                   | ${6}  | ${['他说', '「好', '的」']}
    ${'cold chain logistics'}           | ${10} | ${['cold chain', 'logistics']}
    ${'回款 48,350.00 元'}              | ${10} | ${['回款', '48,350.00', '元']}
    ${'第一行\n第二行'}                 | ${20} | ${['第一行', '第二行']}
    ${'a@averyveryverylongaddress.com'} | ${12} | ${['a@averyveryv', 'erylongaddre', 'ss.com']}
  `('breaks $text at $room', ({ text, room, lines }) => {
    expect(wrap(text, room)).toEqual(lines)
  })

  it('keeps every character that is not a space, in order, and never a line too wide', () => {
    const anyText = fc.string({ unit: fc.constantFrom(...'九色鹿（），。「」…ab1.- 　\n𬭳é'), maxLength: 200 })
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 40 }), (text, room) => {
        const lines = wrap(text, room)
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        expect(lines.filter((line) => width(line.trim()) > room)).toEqual([])
      }),
    )
  })

  it.each(['九', '（', '，', 'a', ' ', 'a ', '\ud800', 'e\u0301', '",'])(
    'takes 50,000 of %j without hanging',
    (text) => {
      const started = performance.now()
      wrap(text.repeat(50_000 / text.length), 80)
      expect(performance.now() - started).toBeLessThan(5_000)
    },
  )
})

describe('printable', () => {
  const latinAndHan = (codePoint: number) => codePoint < 0x250 || (codePoint >= 0x4e00 && codePoint <= 0x9fff)

  it.each`
    given                    | shown            | missing
    ${'九色鹿 Deer'}         | ${'九色鹿 Deer'} | ${[]}
    ${'a\u0000b\u0007c'}     | ${'abc'}         | ${[]}
    ${'a\tb\r\nc\u2028d'}    | ${'a b\nc\nd'}   | ${[]}
    ${'\u202egnp.exe\u200b'} | ${'gnp.exe'}     | ${[]}
    ${'e\u0301'}             | ${'é'}           | ${[]}
    ${'𪚥龙'}                | ${'〓龙'}        | ${['U+2A6A5']}
    ${'\ud800x'}             | ${'〓x'}         | ${['U+D800']}
    ${'👍\u200d👍'}          | ${'〓〓'}        | ${['U+1F44D']}
    ${'של'}                  | ${'〓〓'}        | ${['U+05E9', 'U+05DC']}
    ${'a\u2003b'}            | ${'a b'}         | ${[]}
  `('shows $given as $shown', ({ given, shown, missing }) => {
    const noted = new Set<string>()
    expect(printable(given, latinAndHan, noted)).toBe(shown)
    expect([...noted]).toEqual(missing)
  })
})
