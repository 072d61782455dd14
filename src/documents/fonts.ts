import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font, type Glyph, type Run } from 'fontkit'

/** A font parsed once and shared by every document after. */
export type Face = {
  /** What pdfkit's `registerFont` takes. */
  source: Font
  /** From the top of the tallest to the foot of the deepest glyph, per point of size. */
  height: number
  has(codePoint: number): boolean
  /** Per point of size. */
  width(text: string): number
}

export type Fonts = { regular: Face; bold: Face }

const folder = '@expo-google-fonts/noto-sans-sc'

/** About 0.1 s, and two files of 10 MB in memory: once per thread. */
export function openFonts(): Fonts {
  return {
    regular: openFace(`${folder}/400Regular/NotoSansSC_400Regular.ttf`),
    bold: openFace(`${folder}/700Bold/NotoSansSC_700Bold.ttf`),
  }
}

function openFace(file: string): Face {
  const font = create(readFileSync(createRequire(import.meta.url).resolve(file)))
  const layout = layouter(font)
  return {
    source: Object.assign(Object.create(font) as Font, { layout, createSubset: () => subsetter(font) }),
    height: (font.ascent - font.descent) / font.unitsPerEm,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    width: (text) => layout(text).advanceWidth / font.unitsPerEm,
  }
}

// fontkit keeps the characters of a glyph's first use, and this font draws 482 glyphs for several characters each (人 and
// the radical ⼈, · and •). Shared between documents, one customer's ⼈ would turn the next one's 人 into ⼈ when copied.
// So pdfkit knows a glyph by its code point, and each code point gets its own place in the embedded font.

/** Beside Latin letters these take their narrow form, known by the code point plus `narrow`. */
const quotes = new Set(Array.from('‘’“”…', codePointOf))
const narrow = 0x200000

function layouter(font: Font): (text: string) => Run {
  const glyphs = new Map<number, Glyph>()
  const kern = kerner(font)
  const glyphOf = (id: number) => {
    const known = glyphs.get(id)
    if (known) return known
    const { advanceWidth } = drawnAs(font, id)
    const glyph = { id, advanceWidth, codePoints: [id % narrow] }
    glyphs.set(id, glyph)
    return glyph
  }
  return (text) => {
    const points = Array.from(text, codePointOf)
    const run: Run = { glyphs: [], positions: [], advanceWidth: 0 }
    points.forEach((point, at) => {
      const beside = quotes.has(point) && (isLatin(points[at - 1]) || isLatin(points[at + 1]))
      const glyph = glyphOf(beside ? point + narrow : point)
      const xAdvance = glyph.advanceWidth + kern(point, points[at + 1])
      run.glyphs.push(glyph)
      run.positions.push({ xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 })
      run.advanceWidth += xAdvance
    })
    return run
  }
}

function drawnAs(font: Font, id: number): Glyph {
  const plain = font.glyphForCodePoint(id % narrow)
  return id < narrow ? plain : (font.layout(String.fromCodePoint(id % narrow), ['pwid']).glyphs[0] ?? plain)
}

/** Latin letters only: shaping Chinese costs most of a document's time and moves nothing. */
function kerner(font: Font): (left: number, right: number | undefined) => number {
  const pairs = new Map<number, number>()
  return (left, right) => {
    if (right === undefined || !isLatin(left) || !isLatin(right)) return 0
    const pair = left * 0x250 + right
    const known = pairs.get(pair)
    if (known !== undefined) return known
    const { glyphs, positions } = font.layout(String.fromCharCode(left, right))
    const kern = glyphs.length === 2 ? (positions[0]?.xAdvance ?? 0) - (glyphs[0]?.advanceWidth ?? 0) : 0
    pairs.set(pair, kern)
    return kern
  }
}

function subsetter(font: Font) {
  const subset = font.createSubset()
  const places = new Map([[0, 0]])
  return {
    includeGlyph(id: number): number {
      const known = places.get(id)
      if (known !== undefined) return known
      const place = subset.glyphs.push(drawnAs(font, id).id) - 1
      places.set(id, place)
      return place
    },
    encode: () => subset.encode(),
  }
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0
}

function isLatin(codePoint = 0): boolean {
  return codePoint > 0x20 && codePoint < 0x250
}
