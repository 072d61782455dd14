import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

let font: Font | undefined

/** About 0.1 s and 10 MB, once: opened with the first picture that is shown. */
function theFont(): Font {
  const file = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'
  font ??= create(readFileSync(createRequire(import.meta.url).resolve(file)))
  return font
}

/**
 * A line of type as outlines of an SVG, from the left on the baseline: what draws pictures finds no Chinese font of its
 * own on most servers.
 */
export function lettering(text: string, size: number): { svg: string; width: number } {
  const face = theFont()
  const scale = size / face.unitsPerEm
  let x = 0
  const drawn = Array.from(text).map((character) => {
    const point = character.codePointAt(0)!
    const glyph = face.glyphForCodePoint(face.hasGlyphForCodePoint(point) ? point : 0x3013)
    const path = `<path transform="translate(${x} 0)" d="${glyph.path?.toSVG() ?? ''}"/>`
    x += glyph.advanceWidth
    return path
  })
  return { svg: `<g transform="scale(${scale} ${-scale})">${drawn.join('')}</g>`, width: x * scale }
}
