import { codeRuns } from './code.ts'
import type { Fonts } from './fonts.ts'

export const mm = 72 / 25.4

/** Black and the seal's own colour; all of it also reads in grey. */
export const inks = { black: '#14212a', soft: '#46555f', hair: '#b5bfc4', seal: '#84184a' }

/** `leading` is the height of a line, `spacing` what is added after each character; all in points. */
export type Style = { face: keyof Fonts; size: number; leading: number; ink: string; spacing?: number }

export type Pen = ReturnType<typeof penFor>

/** `double` and `heavy` are two lines, three of their weights high. */
export type Rule = 'hair' | 'thin' | 'line' | 'double' | 'heavy'

/** Sets lines of type and rules on the current page; knows nothing of what they mean. */
export function penFor(doc: PDFKit.PDFDocument, fonts: Fonts) {
  const measure = (text: string, style: Style) =>
    fonts[style.face].width(text) * style.size + (style.spacing ? style.spacing * Array.from(text).length : 0)

  /** One line of type, its box's top left corner at x, y. */
  function write(text: string, x: number, y: number, style: Style): void {
    const { face, size, leading, spacing = 0 } = style
    const glyphTop = y + (leading - fonts[face].height * size) / 2
    // Letters set this far apart read as single words when copied, unless the file says what they spell.
    const spread = spacing > size * 0.08
    if (spread) doc.markContent('Span', { actual: text })
    doc.font(face, size).fillColor(style.ink).text(text, x, glyphTop, { lineBreak: false, characterSpacing: spacing })
    if (spread) doc.endMarkedContent()
  }

  const stroke = (x: number, y: number, width: number, weight: number, ink: string) =>
    doc
      .lineWidth(weight)
      .strokeColor(ink)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke()

  /** A rule whose top is at y. */
  function rule(kind: Rule, x: number, y: number, width: number, ink = inks.black): void {
    const weight = { hair: 0.5, thin: 0.75, line: 1, double: 0.75, heavy: 1 }[kind]
    stroke(x, y + weight / 2, width, weight, kind === 'hair' ? inks.hair : ink)
    if (kind === 'double' || kind === 'heavy') stroke(x, y + weight * 2.5, width, weight, ink)
  }

  /** The secrecy mark in its double frame, ending at `right`, made smaller rather than cut; returns its width. */
  function stamp(text: string, right: number, y: number, room: number, given: Style): number {
    const pad = given.size * 0.5
    const edge = given.size > 10 ? 4 : 3
    const style = shrunk(text, room - 2 * (pad + edge), given)
    const width = measure(text, style) - (style.spacing ?? 0) + 2 * (pad + edge)
    const height = given.leading + 2 * edge
    const box = (inset: number) =>
      doc.rect(right - width + inset, y + inset, width - 2 * inset, height - 2 * inset).stroke()
    doc.lineWidth(0.8).strokeColor(style.ink)
    box(0.4)
    box(edge - 0.9)
    write(text, right - width + edge + pad, y + edge, style)
    return width
  }

  /** Letters are set apart in Chinese only, where each is a word. */
  function shrunk(text: string, room: number, style: Style): Style {
    const spacing = /\p{Script=Latin}/u.test(text) ? 0 : (style.spacing ?? 0)
    const scale = Math.min(1, room / measure(text, { ...style, spacing }))
    return { ...style, size: style.size * scale, spacing: spacing * scale }
  }

  /** The text on one line, cut with … where it is too long. */
  function fit(text: string, width: number, style: Style): string {
    const line = text.replaceAll('\n', ' ')
    if (line.length < 1000 && measure(line, style) <= width) return line
    let kept = ''
    for (const character of line) {
      if (measure(`${kept}${character}…`, style) > width) break
      kept += character
    }
    return `${kept.trimEnd()}…`
  }

  /** A code whose top left corner is at x, y. */
  function code(text: string, x: number, y: number, size: number): void {
    const { width, runs } = codeRuns(text)
    const module = size / width
    for (const run of runs) doc.rect(x + run.x * module, y + run.y * module, run.length * module, module)
    doc.fill(inks.black)
  }

  return { measure, write, rule, stamp, fit, code }
}
