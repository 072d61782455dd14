import { degrees, PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFStream, type PDFPage } from '@cantoo/pdf-lib'
import type { Fonts } from './fonts.ts'
import { marksFor, strip } from './marks.ts'
import type { Size, Stamp } from './stamp.ts'

/** A PDF with its marks: every page grows by a strip above and below, whichever way up it stands. */
export async function overlaid(given: Stamp, bytes: Uint8Array, fonts: Fonts) {
  const doc = await pagesAlone(bytes)
  const pages = doc.getPages()
  const sizes = pages.map((page) => grown(page))
  const marks = await doc.embedPdf(
    await marksFor(given, sizes, fonts),
    pages.map((_, at) => at),
  )
  for (const [at, page] of pages.entries()) page.drawPage(marks[at]!, placeOf(page, sizes[at]!))
  doc.setTitle(given.title)
  const saved = await doc.save()
  const pdf = new Uint8Array(saved.length)
  pdf.set(saved)
  return { pdf, pages: pages.length }
}

/**
 * The pages, and nothing that no page shows: enclosed files, scripts, earlier revisions and who wrote it stay behind.
 * What a person filled in or had stamped on a page comes along.
 */
async function pagesAlone(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    const doc = await PDFDocument.create({ updateMetadata: false })
    const original = await PDFDocument.load(bytes, { updateMetadata: false })
    if (!isWhole(original)) throw new Error('parts are missing')
    for (const page of original.getPages()) withoutFiles(page)
    const pages = await doc.copyPages(original, original.getPageIndices())
    for (const page of pages) doc.addPage(page)
    return doc
  } catch (error) {
    const encrypted = /encrypt|password/i.test(error instanceof Error ? `${error.name} ${error.message}` : '')
    throw new Error(encrypted ? 'stamp: encrypted' : 'stamp: broken', { cause: error })
  }
}

/** Read tolerantly, a damaged file has fewer pages than it says, or pages whose content is not there: no true copy. */
function isWhole(doc: PDFDocument): boolean {
  const pages = doc.getPages()
  const said = doc.catalog.lookup(PDFName.of('Pages'), PDFDict).lookupMaybe(PDFName.of('Count'), PDFNumber)
  return pages.length > 0 && said?.asNumber() === pages.length && pages.every(({ node }) => hasContent(node))
}

function hasContent(node: PDFPage['node']): boolean {
  const named = node.get(PDFName.of('Contents'))
  const content = node.lookup(PDFName.of('Contents'))
  if (!(content instanceof PDFArray)) return named === undefined || content instanceof PDFStream
  return content.asArray().every((_, at) => content.lookup(at) instanceof PDFStream)
}

const carrying = new Set(['/FileAttachment', '/Sound', '/Movie', '/RichMedia', '/Screen'])

function withoutFiles({ node }: PDFPage): void {
  for (const name of ['AA', 'AF', 'Metadata', 'PieceInfo']) node.delete(PDFName.of(name))
  const annotations = node.Annots()
  for (let at = (annotations?.size() ?? 0) - 1; at >= 0; at--) {
    const annotation = annotations!.lookupMaybe(at, PDFDict)
    for (const name of ['A', 'AA', 'Parent']) annotation?.delete(PDFName.of(name))
    if (carrying.has(String(annotation?.get(PDFName.of('Subtype'))))) annotations!.remove(at)
  }
}

/** Makes room for the strips; answers with the page's size as people see it. */
function grown(page: PDFPage): Size {
  const { x, y, width, height } = page.getCropBox()
  const lies = turn(page) % 180 !== 0
  const box = lies
    ? ([x - strip, y, width + 2 * strip, height] as const)
    : ([x, y - strip, width, height + 2 * strip] as const)
  page.setMediaBox(...box)
  page.setCropBox(...box)
  for (const name of ['TrimBox', 'BleedBox', 'ArtBox']) page.node.delete(PDFName.of(name))
  return lies ? { width: height, height: width + 2 * strip } : { width, height: height + 2 * strip }
}

/** Where the marks begin, so that they stand upright on a page that is shown turned. */
function placeOf(page: PDFPage, { width, height }: Size) {
  const { x, y } = page.getCropBox()
  const angle = turn(page)
  const start = {
    0: { x, y },
    90: { x: x + height, y },
    180: { x: x + width, y: y + height },
    270: { x, y: y + width },
  }[angle]
  return { ...start, rotate: degrees(angle) }
}

const turn = (page: PDFPage): 0 | 90 | 180 | 270 =>
  ((((Math.round(page.getRotation().angle / 90) * 90) % 360) + 360) % 360) as 0 | 90 | 180 | 270
