import { inflateSync } from 'node:zlib'

/** A piece of text as it stands on a page: `y` counts from the top, in points. */
export type Piece = { x: number; y: number; size: number; text: string }

/** Reads back what copying would give: the pages' text through each font's ToUnicode table. For pdfkit's files only. */
export function pagesOf(pdf: Buffer): Piece[][] {
  const objects = objectsOf(pdf)
  const at = (reference: string | undefined) => objects.get(Number(reference)) ?? { head: '', stream: '' }
  const pageTree = [...objects.values()].find(({ head }) => /\/Type \/Pages\b/.test(head))
  const kids = /\/Kids \[([^\]]*)\]/.exec(pageTree?.head ?? '')?.[1] ?? ''
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, page]) => {
    const { head } = at(page)
    const resources = at(/\/Resources (\d+)/.exec(head)?.[1]).head
    const fonts = new Map<string, string[]>()
    for (const [, name, font] of (/\/Font <<([^>]*)>>/.exec(resources)?.[1] ?? '').matchAll(/\/(\w+) (\d+) 0 R/g))
      fonts.set(name ?? '', charactersOf(at(/\/ToUnicode (\d+)/.exec(at(font).head)?.[1]).stream))
    return piecesOf(at(/\/Contents (\d+)/.exec(head)?.[1]).stream, fonts)
  })
}

/** Each page as lines of text, from top to bottom and left to right. */
export function linesOnPages(pdf: Buffer): string[][] {
  return pagesOf(pdf).map((pieces) => {
    const lines = new Map<number, Piece[]>()
    for (const piece of pieces) {
      const line = Math.round(piece.y)
      lines.set(line, [...(lines.get(line) ?? []), piece])
    }
    return [...lines]
      .toSorted(([above], [below]) => above - below)
      .map(([, line]) =>
        line
          .toSorted((left, right) => left.x - right.x)
          .map(({ text }) => text)
          .join(' | '),
      )
  })
}

export function textOf(pdf: Buffer): string {
  return linesOnPages(pdf)
    .map((lines) => lines.join('\n'))
    .join('\f')
}

type PdfObject = { head: string; stream: string }

function objectsOf(pdf: Buffer): Map<number, PdfObject> {
  const file = pdf.toString('latin1')
  const table = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(file)?.[1])
  const objects = new Map<number, PdfObject>()
  for (const [, offset, inUse] of file.slice(table).matchAll(/(\d{10}) \d{5} ([nf])/g)) {
    if (inUse === 'f') continue
    const start = Number(offset)
    const number = Number(/^\d+/.exec(file.slice(start, start + 10))?.[0])
    const end = file.indexOf('endobj', start)
    const stream = file.indexOf('\nstream\n', start)
    if (stream < 0 || stream > end) objects.set(number, { head: file.slice(start, end), stream: '' })
    else objects.set(number, withStream(pdf, file.slice(start, stream), stream + '\nstream\n'.length))
  }
  return objects
}

function withStream(pdf: Buffer, head: string, start: number): PdfObject {
  const bytes = pdf.subarray(start, start + Number(/\/Length (\d+)/.exec(head)?.[1]))
  return { head, stream: (head.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1') }
}

function charactersOf(toUnicode: string): string[] {
  const characters: string[] = []
  for (const [, first, list] of toUnicode.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g))
    [...(list ?? '').matchAll(/<([\w ]+)>/g)].forEach(([, units], at) => {
      const codes = (units ?? '').split(' ').map((unit) => parseInt(unit, 16))
      characters[parseInt(first ?? '', 16) + at] = String.fromCharCode(...codes)
    })
  return characters
}

const operation = /\/(\w+) ([\d.]+) Tf|1 0 0 1 ([-\d.]+) ([-\d.]+) Tm|\[([<>\w\s.-]*)\] TJ/g
const pageHeight = 841.89

function piecesOf(content: string, fonts: Map<string, string[]>): Piece[] {
  const pieces: Piece[] = []
  const now = { font: '', x: 0, y: 0, size: 0 }
  for (const [, font, size, x, y, shown] of content.matchAll(operation)) {
    if (font !== undefined) Object.assign(now, { font, size: Number(size) })
    else if (x !== undefined) Object.assign(now, { x: Number(x), y: pageHeight - Number(y) })
    else {
      const codes = [...(shown ?? '').matchAll(/<(\w*)>/g)].flatMap(([, hex]) => hex?.match(/.{4}/g) ?? [])
      const text = codes.map((code) => fonts.get(now.font)?.[parseInt(code, 16)] ?? '\ufffd').join('')
      pieces.push({ x: now.x, y: now.y, size: now.size, text })
    }
  }
  return pieces
}
