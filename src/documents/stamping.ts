import { createHash } from 'node:crypto'
import type { Fonts } from './fonts.ts'
import { onSheets } from './marks.ts'
import type { Typeset } from './sheets.ts'
import type { Stamp } from './stamp.ts'
import { printable } from './text.ts'

/** A copy of what is there already, its marks on every page. The tool that reads PDFs is fetched when there is one. */
export async function stampPages(given: Stamp, fonts: Fonts): Promise<Typeset> {
  const missing = new Set<string>()
  const has = (codePoint: number) => fonts.regular.has(codePoint) && fonts.bold.has(codePoint)
  const words = Object.fromEntries(
    Object.entries(given.words).map(([name, text]) => [name, printable(text, has, missing)]),
  ) as Stamp['words']
  const { original } = given
  const { pdf, pages } =
    original.kind === 'pictures'
      ? { pdf: await onSheets({ ...given, words }, original.pages, fonts), pages: original.pages.length }
      : await (await import('./stamp-pdf.ts')).overlaid({ ...given, words }, original.bytes, fonts)
  return { pdf, pages, sha256: createHash('sha256').update(pdf).digest('hex'), missing: [...missing] }
}
