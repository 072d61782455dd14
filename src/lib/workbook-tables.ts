import { longestCell } from './sheet-faults.ts'
import { attributeOf } from './xml.ts'
import { largestPart, megabyte, type Read } from './xlsx-parts.ts'
import { lookOf, type NumberLook } from './xlsx-values.ts'

const largestStrings = 200 * megabyte

/** The texts that cells name by number. */
export async function stringsOf(name: string, read: Read): Promise<string[]> {
  const strings: string[] = []
  let [text, taken, phonetic] = ['', false, false]
  await read(name, largestStrings, {
    open: (tag) => {
      if (tag === 'si') text = ''
      if (tag === 'rPh') phonetic = true
      taken = tag === 't' && !phonetic
    },
    close: (tag) => {
      taken = false
      if (tag === 'rPh') phonetic = false
      if (tag === 'si') strings.push(cellText(text))
    },
    text: (piece) => {
      if (taken && text.length <= longestCell) text += piece
    },
  })
  return strings
}

/** How a cell of each style shows its number. */
export async function looksOf(name: string, read: Read): Promise<NumberLook[]> {
  const codes = new Map<number, string>()
  const looks: NumberLook[] = []
  let inCells = false
  await read(name, largestPart, {
    open: (tag, attributes) => {
      if (tag === 'cellXfs') inCells = true
      const format = Number(attributeOf(attributes, 'numFmtId') ?? 0)
      if (tag === 'numFmt') codes.set(format, attributeOf(attributes, 'formatCode') ?? '')
      if (tag === 'xf' && inCells) looks.push(lookOf(format, codes.get(format)))
    },
    close: (tag) => {
      if (tag === 'cellXfs') inCells = false
    },
    text: () => {},
  })
  return looks
}

/** _x000D_ is how a control character is written; what text cannot hold is marked. */
export function cellText(text: string): string {
  const whole = text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/giu, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text
  return whole.toWellFormed().replaceAll('\0', '\uFFFD').replace(/\r\n?/gu, '\n')
}
