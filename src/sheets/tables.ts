import { longestCell } from './faults.ts'
import type { Part } from './archive.ts'
import { largestPart, megabyte, readPart } from './parts.ts'
import { lookOf, type NumberLook } from './values.ts'

const largestStrings = 200 * megabyte

/** The texts that cells name by number. */
export async function stringsOf(part: Part | undefined): Promise<string[]> {
  const strings: string[] = []
  let [text, phonetic] = ['', false]
  await readPart(part, largestStrings, {
    open: (tag) => {
      if (tag === 'si') text = ''
      if (tag === 'rPh') phonetic = true
      return tag === 't' && !phonetic
    },
    close: (tag) => {
      if (tag === 'rPh') phonetic = false
      if (tag === 'si') strings.push(cellText(text))
    },
    text: (piece) => {
      if (text.length <= longestCell) text += piece
    },
  })
  return strings
}

/** How a cell of each style shows its number. */
export async function looksOf(part: Part | undefined): Promise<NumberLook[]> {
  const codes = new Map<number, string>()
  const looks: NumberLook[] = []
  let inCells = false
  await readPart(part, largestPart, {
    open: (tag, { numFmtId = 0, formatCode = '' }) => {
      if (tag === 'cellXfs') inCells = true
      const format = Number(numFmtId)
      if (tag === 'numFmt') codes.set(format, formatCode)
      if (tag === 'xf' && inCells) looks.push(lookOf(format, codes.get(format)))
      return false
    },
    close: (tag) => {
      if (tag === 'cellXfs') inCells = false
    },
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
