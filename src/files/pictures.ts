import { Readable } from 'node:stream'
import sharp, { type Metadata } from 'sharp'
import { endsAsArchive, holdsMarkup, type Ends } from './ends.ts'
import { faultOf } from './fault.ts'
import type { Kind } from './kinds.ts'

// 108 million are what the cameras of telephones reach; a picture of more is a plan, and better a PDF.
const mostPixels = 120_000_000
const shown = 1600
/** 300 points to the inch on A4. */
const printed = 3500
const bounds = { limitInputPixels: mostPixels, sequentialRead: true } as const

/** A picture of the kind it says, of a size that can be shown, readable to its last line, and nothing else besides. */
export async function checkPicture(path: string, kind: Kind, ends: Ends): Promise<void> {
  const { format, width, height, pages }: Partial<Metadata> = await sharp(path, bounds)
    .metadata()
    .catch((error: unknown) => Promise.reject(readFault(error)))
  if (format !== kind) throw faultOf('mixed')
  if (!width || !height || width * height * (pages ?? 1) > mostPixels) throw faultOf('pixels')
  if (endsAsArchive(ends) || holdsMarkup(ends)) throw faultOf('mixed')
  // Decoded once, small: what cannot be decoded is no picture.
  await sharp(path, { ...bounds, failOn: 'error' })
    .resize(64, 64, { fit: 'inside' })
    .raw()
    .toBuffer()
    .catch((error: unknown) => Promise.reject(readFault(error)))
}

const readFault = (error: unknown) => faultOf(/pixel limit/i.test((error as Error).message) ? 'pixels' : 'damaged')

/**
 * What is shown of a picture: turned upright, at most 1600 px, written anew, so that neither the place where it was taken
 * nor anything hidden in it comes along (ASVS 14.2.8). The original stays as it is.
 */
export async function shownPicture(original: Readable): Promise<Buffer> {
  return inTurn(async () => {
    const picture = sharp({ ...bounds, failOn: 'error' })
    original.on('error', (error) => picture.destroy(error))
    original.pipe(picture)
    try {
      return await picture
        .autoOrient()
        .resize(shown, shown, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 82 })
        .toBuffer()
    } finally {
      original.destroy()
    }
  })
}

/**
 * What a copy on paper shows of a picture: turned upright, every page of it, fine enough for print and written anew. It
 * was checked when it was kept; what cannot be decoded any more is refused.
 */
export async function printedPictures(original: Buffer): Promise<{ bytes: Buffer; width: number; height: number }[]> {
  return inTurn(async () => {
    const { pages = 1 } = await sharp(original, bounds).metadata()
    const made = []
    for (let page = 0; page < pages; page++) {
      const { data, info } = await sharp(original, { ...bounds, failOn: 'error', page })
        .autoOrient()
        .resize(printed, printed, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 88 })
        .toBuffer({ resolveWithObject: true })
      made.push({ bytes: data, width: info.width, height: info.height })
    }
    return made
  })
}

// Each takes a core for a moment, and up to 400 MB for the largest PNG: never more than two at once.
let free = 2
const waiting: (() => void)[] = []
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
  else free--
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
}
