import { sheetRefused } from './faults.ts'
import { looksOf, stringsOf } from './tables.ts'
import { partsIn, type Part, type Parts } from './archive.ts'
import { megabyte, readTags } from './parts.ts'
import type { NumberLook } from './values.ts'

export type WorkbookSheet = { name: string; hidden: boolean; part: Part }

export type Workbook = {
  sheets: WorkbookSheet[]
  /** texts that the cells name by number */
  strings: string[]
  /** how a cell of each style shows its number */
  looks: NumberLook[]
  from1904: boolean
}

const mostSheets = 100
/** All its sheets, of which each is looked into: many may name the same few bytes. */
const largestBook = 2000 * megabyte

/** CUS-15: opens an .xlsx; what is none, is locked, carries macros or would fill the memory is refused in words. */
export async function openWorkbook(file: Buffer): Promise<Workbook> {
  const parts = await partsIn(file)
  await refuseOtherKinds(parts)
  const { path, relations, strings, styles } = await pathsIn(parts)
  const { listed, from1904 } = await sheetsIn(parts.get(path))
  const sheets = listed.slice(0, mostSheets).flatMap(({ id, ...sheet }) => {
    const part = parts.get(relations.get(id) ?? '')
    return part ? [{ ...sheet, part }] : []
  })
  if (sheets.reduce((sum, { part }) => sum + part.size, 0) > largestBook)
    throw sheetRefused('bomb', { most: largestBook / megabyte })
  return {
    sheets,
    from1904,
    strings: strings ? await stringsOf(parts.get(strings)) : [],
    looks: styles ? await looksOf(parts.get(styles)) : [],
  }
}

async function refuseOtherKinds(parts: Parts): Promise<void> {
  const holds = (start: string) => [...parts.keys()].some((name) => name.startsWith(start))
  if (!parts.has('[Content_Types].xml')) throw sheetRefused(parts.has('content.xml') ? 'openDocument' : 'archive')
  if (holds('word/') || holds('ppt/')) throw sheetRefused('document')
  if (parts.has('xl/workbook.bin')) throw sheetRefused('binaryWorkbook')
  if (!holds('xl/')) throw sheetRefused('archive')
  let macros = holds('xl/vbaProject')
  await readTags(parts.get('[Content_Types].xml'), (_, { ContentType }) => {
    macros ||= ContentType?.includes('macroEnabled') ?? false
  })
  if (macros) throw sheetRefused('macros')
}

/** Where the parts lie: no program has to put them where Excel does. */
async function pathsIn(parts: Parts) {
  const roots = await relationsIn(parts.get('_rels/.rels'), '')
  const path = roots.find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml'
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const all = await relationsIn(parts.get(`${folder}_rels/${path.slice(folder.length)}.rels`), folder)
  const target = (kind: string) => all.find(({ type, target }) => type.endsWith(kind) && parts.has(target))?.target
  return {
    path,
    relations: new Map(all.filter(({ type }) => type.endsWith('/worksheet')).map(({ id, target }) => [id, target])),
    strings: target('/sharedStrings'),
    styles: target('/styles'),
  }
}

async function relationsIn(part: Part | undefined, folder: string) {
  const found: { id: string; type: string; target: string }[] = []
  await readTags(part, (tag, { Id = '', Type = '', Target = '' }) => {
    if (tag === 'Relationship') found.push({ id: Id, type: Type, target: targetOf(Target, folder) })
  })
  return found
}

/** ../sharedStrings.xml, seen from its folder; what leads nowhere is found nowhere. */
function targetOf(to: string, folder: string): string {
  const path = URL.canParse(to, `file:///${folder}`) ? new URL(to, `file:///${folder}`).pathname : ''
  return path.includes('%') ? to : path.slice(1)
}

async function sheetsIn(part: Part | undefined) {
  const listed: { name: string; hidden: boolean; id: string }[] = []
  let from1904 = false
  await readTags(part, (tag, { name = '', state = '', date1904 = '', id = '', ...others }) => {
    if (tag === 'workbookPr') from1904 = /^(?:1|true)$/u.test(date1904)
    if (tag !== 'sheet') return
    // r:id, whatever the program calls the namespace of relations.
    const key = Object.keys(others).find((other) => other.endsWith(':id'))
    listed.push({ name, id: key ? others[key]! : id, hidden: /hidden$/iu.test(state) })
  })
  return { listed, from1904 }
}
