import { sheetRefused } from './sheet-faults.ts'
import { attributeOf } from './xml.ts'
import { looksOf, stringsOf } from './workbook-tables.ts'
import { largestPart, readPart, type Read } from './xlsx-parts.ts'
import type { NumberLook } from './xlsx-values.ts'
import { BrokenZip, zipEntries, type ZipEntry } from './zip.ts'

export type WorkbookSheet = { name: string; hidden: boolean; entry: ZipEntry }

export type Workbook = {
  file: Buffer
  sheets: WorkbookSheet[]
  /** texts that the cells name by number */
  strings: string[]
  /** how a cell of each style shows its number */
  looks: NumberLook[]
  from1904: boolean
}

const mostSheets = 100

/** CUS-15: opens an .xlsx; what is none, is locked, carries macros or would fill the memory is refused in words. */
export async function openWorkbook(file: Buffer): Promise<Workbook> {
  const entries = entriesOf(file)
  const read: Read = (name, most, handlers) => readPart(file, entries.get(name), most, handlers)
  await refuseOtherKinds(entries, read)
  const { path, relations, strings, styles } = await partsOf(entries, read)
  const { sheets, from1904 } = await sheetsOf(path, read)
  return {
    file,
    from1904,
    sheets: sheets.slice(0, mostSheets).flatMap(({ id, ...sheet }) => {
      const entry = entries.get(relations.get(id) ?? '')
      return entry ? [{ ...sheet, entry }] : []
    }),
    strings: strings ? await stringsOf(strings, read) : [],
    looks: styles ? await looksOf(styles, read) : [],
  }
}

function entriesOf(file: Buffer): Map<string, ZipEntry> {
  try {
    return zipEntries(file)
  } catch (error) {
    if (error instanceof BrokenZip || error instanceof RangeError) throw sheetRefused('damaged')
    throw error
  }
}

async function refuseOtherKinds(entries: Map<string, ZipEntry>, read: Read): Promise<void> {
  const holds = (start: string) => [...entries.keys()].some((name) => name.startsWith(start))
  if (!entries.has('[Content_Types].xml')) throw sheetRefused(entries.has('content.xml') ? 'openDocument' : 'archive')
  if (holds('word/') || holds('ppt/')) throw sheetRefused('document')
  if (entries.has('xl/workbook.bin')) throw sheetRefused('binaryWorkbook')
  if (!holds('xl/')) throw sheetRefused('archive')
  let macros = holds('xl/vbaProject')
  await read('[Content_Types].xml', largestPart, {
    open: (_name, attributes) => (macros ||= attributes.includes('macroEnabled')),
    close: () => {},
    text: () => {},
  })
  if (macros) throw sheetRefused('macros')
}

/** Where the parts lie: no program has to put them where Excel does. */
async function partsOf(entries: Map<string, ZipEntry>, read: Read) {
  const roots = await relationsIn('_rels/.rels', '', read)
  const path = roots.find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const beside = `${folder}_rels/${path.slice(folder.length)}.rels`
  const all = await relationsIn(beside, folder, read)
  const target = (kind: string) => all.find(({ type, target }) => type.endsWith(kind) && entries.has(target))?.target
  return {
    path,
    relations: new Map(all.filter(({ type }) => type.endsWith('/worksheet')).map(({ id, target }) => [id, target])),
    strings: target('/sharedStrings'),
    styles: target('/styles'),
  }
}

async function relationsIn(name: string, folder: string, read: Read) {
  const found: { id: string; type: string; target: string }[] = []
  const open = (tag: string, attributes: string) => {
    if (tag !== 'Relationship') return
    found.push({
      id: attributeOf(attributes, 'Id') ?? '',
      type: attributeOf(attributes, 'Type') ?? '',
      target: targetOf(attributeOf(attributes, 'Target') ?? '', folder),
    })
  }
  await read(name, largestPart, { open, close: () => {}, text: () => {} })
  return found
}

/** ../sharedStrings.xml, seen from its folder; what leads nowhere is found nowhere. */
function targetOf(to: string, folder: string): string {
  const path = URL.canParse(to, `file:///${folder}`) ? new URL(to, `file:///${folder}`).pathname : ''
  return path.includes('%') ? to : path.slice(1)
}

async function sheetsOf(path: string, read: Read) {
  const sheets: { name: string; hidden: boolean; id: string }[] = []
  let from1904 = false
  const open = (tag: string, attributes: string) => {
    if (tag === 'workbookPr') from1904 = /^(?:1|true)$/u.test(attributeOf(attributes, 'date1904') ?? '')
    if (tag !== 'sheet') return
    const [name, id] = [attributeOf(attributes, 'name') ?? '', attributeOf(attributes, 'id') ?? '']
    sheets.push({ name, id, hidden: /hidden$/iu.test(attributeOf(attributes, 'state') ?? '') })
  }
  await read(path, largestPart, { open, close: () => {}, text: () => {} })
  return { sheets, from1904 }
}
