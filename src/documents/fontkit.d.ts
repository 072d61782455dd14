/** fontkit ships no types: the few members used here and by pdfkit's embedding. */
declare module 'fontkit' {
  export type Glyph = { id: number; advanceWidth: number; codePoints: number[]; path?: { toSVG(): string } }
  export type Position = { xAdvance: number; yAdvance: number; xOffset: number; yOffset: number }
  export type Run = { glyphs: Glyph[]; positions: Position[]; advanceWidth: number }
  export type Subset = { glyphs: number[]; encode(): Uint8Array }
  export type Font = {
    unitsPerEm: number
    ascent: number
    descent: number
    hasGlyphForCodePoint(codePoint: number): boolean
    glyphForCodePoint(codePoint: number): Glyph
    layout(text: string, features?: string[]): Run
    createSubset(): Subset
  }
  export function create(data: Uint8Array): Font
}
