import { setImmediate } from 'node:timers/promises'
import { SaxesParser } from 'saxes'
import { sheetRefused } from './faults.ts'
import type { Part } from './archive.ts'

export type Attributes = Partial<Record<string, string>>

/** Names come without their prefix: every program chooses its own. */
export type Handlers = {
  /** whether the text that follows, to the next tag, is wanted */
  open: (name: string, attributes: Attributes) => boolean
  close?: (name: string) => void
  /** may come in several pieces */
  text?: (text: string) => void
}

export const megabyte = 1024 * 1024
/** Of everything but the texts and the sheets themselves. */
export const largestPart = 8 * megabyte

const longestTag = 1_000_000
const longestText = 16_000_000
const deepest = 200
const mostFaults = 100_000

/** Walks one part of the archive; damage is told in words, and so is what unpacks to more than it may. */
export async function readPart(part: Part | undefined, most: number, handlers: Handlers): Promise<void> {
  for await (const _piece of partPieces(part, most, handlers));
}

/** The same, for a part that says everything in its tags. */
export async function readTags(
  part: Part | undefined,
  visit: (name: string, attributes: Attributes) => void,
): Promise<void> {
  const open = (name: string, attributes: Attributes) => {
    visit(name, attributes)
    return false
  }
  await readPart(part, largestPart, { open })
}

/** The same, with a pause after each piece for those who want what was read so far, and for everyone else's requests. */
export async function* partPieces(
  part: Part | undefined,
  most: number,
  handlers: Handlers,
): AsyncGenerator<void, void, undefined> {
  if (!part) throw sheetRefused('damaged')
  if (part.encrypted) throw sheetRefused('encrypted')
  if (part.size > most) throw sheetRefused('bomb', { most: most / megabyte })
  const write = xmlReader(handlers)
  const decoder = new TextDecoder('utf-8')
  for await (const piece of part.pieces()) {
    write(decoder.decode(piece, { stream: true }))
    yield
    await setImmediate()
  }
  write(decoder.decode())
  write(null)
}

/** What saxes says of characters and entities that XML does not know: they stay as they stand, for the table is whole. */
const forgiven = /^(?:disallowed character|undefined entity|malformed character entity)\.$/u

/**
 * Takes XML piece by piece, null at its end. A tag or text that never ends, tags without end inside each other, and
 * document types, which could declare entities, are refused before they fill the memory.
 */
function xmlReader({ open, close, text }: Handlers): (piece: string | null) => void {
  const parser = new SaxesParser({ position: false, xmlns: false })
  let [depth, unbroken, wanted, faults, falseCharacter] = [0, 0, false, 0, false]
  const onText = (piece: string) => text?.(falseCharacter ? piece.replace(/&#x?[\da-f]+;/giu, '\uFFFD') : piece)
  // saxes gathers no text while nobody listens.
  const listen = (wants: boolean) => {
    unbroken = 0
    falseCharacter = false
    if (wants && !wanted) parser.on('text', onText)
    else if (wanted && !wants) parser.off('text')
    wanted = wants
  }
  parser.on('error', ({ message }) => {
    if (!forgiven.test(message) || ++faults > mostFaults) throw sheetRefused('damaged')
    falseCharacter ||= message.startsWith('malformed')
  })
  parser.on('doctype', () => parser.fail('document type'))
  parser.on('cdata', (piece) => wanted && text?.(piece))
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > deepest) parser.fail('endless depth')
    listen(open(localName(name), attributes))
  })
  parser.on('closetag', ({ name }) => {
    depth--
    listen(false)
    close?.(localName(name))
  })
  return (piece) => {
    unbroken += piece?.length ?? 0
    parser.write(piece)
    if (unbroken > (wanted ? longestText : longestTag)) parser.fail('endless')
  }
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
