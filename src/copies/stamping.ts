import { renderDocument, PrintFailed } from '../documents/printer.ts'
import { faultIn, type Stamp } from '../documents/stamp.ts'
import { readFile } from '../files/keeping.ts'
import { kindByType } from '../files/kinds.ts'
import { printedPictures } from '../files/pictures.ts'
import { Refused } from '../lib/refused.ts'
import type { Content } from './queries.ts'

const practice: Stamp['words'] = { mark: '', head: '', holder: '', foot: '', notice: '', page: '', across: '' }

/** How many pages a copy has, tried before a number is used up. */
export async function pagesOf(content: Content): Promise<number> {
  return (await stamped(content, { language: 'zh', title: '', at: new Date(0), words: practice })).pages
}

/** ARC-13: the content with these words on every page; the original stays as it is. */
export async function stamped(content: Content, how: Omit<Stamp, 'original'>) {
  const original = await originalOf(content)
  try {
    return await renderDocument({ ...how, original })
  } catch (error) {
    const fault = error instanceof PrintFailed && faultIn(error.message)
    if (!fault) throw error
    throw new Refused([{ rule: 'ARC-13', reason: `copies:refused.${fault}`, params: { name: content.name } }], {
      cause: error,
    })
  }
}

async function originalOf({ sha256, type }: Content): Promise<Stamp['original']> {
  const bytes = await wholeOf(sha256)
  if (kindByType(type) === 'pdf') return { kind: 'pdf', bytes }
  const pages = await printedPictures(bytes).catch((error: unknown) => {
    throw new Refused([{ rule: 'ARC-13', reason: 'copies:refused.broken', params: { name: '' } }], { cause: error })
  })
  return { kind: 'pictures', pages }
}

async function wholeOf(sha256: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await readFile(sha256)) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
