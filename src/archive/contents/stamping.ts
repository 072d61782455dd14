import sharp from 'sharp'
import { lettering } from './lettering.ts'

const narrowest = 520
const quality = 84

/**
 * ARC-05: a picture as somebody sees it: who and when stand under it and faintly across it, in the picture itself, so that
 * a screenshot names the viewer.
 */
export async function stampedPicture(picture: Buffer, words: string): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata()
  const across = Math.max(width, narrowest)
  const size = sizeFor(words, across)
  const band = Math.ceil(size * 2)
  const mark = overlay({ words, width: across, height, band, size })
  return sharp(picture)
    .extend({ right: across - width, bottom: band, background: '#ffffff' })
    .composite([{ input: Buffer.from(mark), left: 0, top: 0 }])
    .jpeg({ quality })
    .toBuffer()
}

/** Small, for choosing among several; the number of the viewer goes across it. */
export async function stampedThumbnail(picture: Buffer, words: string): Promise<Buffer> {
  const small = sharp(await sharp(picture).resize(200, 200, { fit: 'inside' }).jpeg().toBuffer())
  const { width, height } = await small.metadata()
  const mark = svgOf(width, height, faint(words, { width, height, size: 13 }))
  return small
    .composite([{ input: Buffer.from(mark), left: 0, top: 0 }])
    .jpeg({ quality })
    .toBuffer()
}

type Sheet = { words: string; width: number; height: number; band: number; size: number }

function overlay({ words, width, height, band, size }: Sheet): string {
  const line = lettering(words, size).svg
  const under = `<g fill="#14212a" transform="translate(${size} ${height + band * 0.68})">${line}</g>`
  return svgOf(width, height + band, faint(words, { width, height, size: size * 1.1 }) + under)
}

/** Across the whole of it, over and over: no part can be cut out without it. */
function faint(words: string, { width, height, size }: { width: number; height: number; size: number }): string {
  const { svg, width: long } = lettering(words, size)
  const [stepX, stepY] = [long + size * 4, size * 9]
  const places: string[] = []
  for (let y = -width; y < height + width; y += stepY)
    for (let x = -height - long; x < width + height; x += stepX)
      places.push(`<use href="#w" x="${Math.round(x)}" y="${Math.round(y)}"/>`)
  return `<defs><g id="w">${svg}</g></defs><g fill="#46555f" opacity="0.22" transform="rotate(-24)">${places.join('')}</g>`
}

const svgOf = (width: number, height: number, inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inside}</svg>`

/** As large as is read with ease, and no larger than fits on one line. */
function sizeFor(words: string, width: number): number {
  const wished = Math.min(22, Math.max(13, width / 64))
  const { width: long } = lettering(words, wished)
  return long + wished * 2 <= width ? wished : (wished * (width - wished * 2)) / long
}
