type Handlers = {
  /** the name without its prefix, and the attributes as they stand */
  open: (name: string, attributes: string) => void
  close: (name: string) => void
  /** may come in several pieces */
  text: (text: string) => void
}

/** Not well-formed, cut off, or of a kind that no spreadsheet writes. */
export class BrokenXml extends Error {}

const longestTag = 1_000_000

/**
 * Reads XML piece by piece, for what programs write: no document types and so no entities of its own. A tag or comment
 * that never ends is refused before it fills the memory.
 */
export function xmlReader({ open, close, text }: Handlers) {
  let held = ''
  let [depth, seen] = [0, false]

  function tag(content: string): void {
    if (content.startsWith('/')) {
      depth--
      return close(localName(content.slice(1).trimEnd()))
    }
    const empty = content.endsWith('/')
    const plain = empty ? content.slice(0, -1) : content
    const space = plain.search(/\s/u)
    const name = localName(space < 0 ? plain : plain.slice(0, space))
    seen = true
    open(name, space < 0 ? '' : plain.slice(space))
    if (empty) close(name)
    else depth++
  }

  /** Where the markup at `start` ends, having been read; -1 when its end has not come yet. */
  function markup(input: string, start: number): number {
    const second = input[start + 1]
    if (second === '!') {
      if (input.length - start < 9) return -1
      if (input.startsWith('<!--', start)) return after(input, '-->', start + 4)
      if (!input.startsWith('<![CDATA[', start)) throw new BrokenXml('document type')
      const end = after(input, ']]>', start + 9)
      if (end > 0) text(input.slice(start + 9, end - 3))
      return end
    }
    if (second === '?') return after(input, '?>', start + 2)
    const end = tagEnd(input, start + 1)
    if (end < 0) return -1
    tag(input.slice(start + 1, end))
    return end + 1
  }

  return {
    write(piece: string): void {
      const input = held + piece
      let at = 0
      for (;;) {
        const start = input.indexOf('<', at)
        const end = start < 0 ? withoutHalfEntity(input, at) : start
        if (end > at) text(decoded(input.slice(at, end)))
        at = start < 0 ? end : markup(input, start)
        if (start < 0 || at < 0) {
          held = input.slice(at < 0 ? start : at)
          break
        }
      }
      if (held.length > longestTag) throw new BrokenXml('endless tag')
    },
    end(): void {
      if (!seen || depth !== 0 || held.trim() !== '') throw new BrokenXml('cut off')
    },
  }
}

/** One attribute of an opening tag, whatever its prefix. */
export function attributeOf(attributes: string, name: string): string | null {
  let pattern = patterns.get(name)
  if (!pattern) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'u')
    patterns.set(name, pattern)
  }
  const found = pattern.exec(attributes)
  return found ? decoded(found[1] ?? found[2] ?? '') : null
}

const patterns = new Map<string, RegExp>()

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

function after(input: string, mark: string, from: number): number {
  const found = input.indexOf(mark, from)
  return found < 0 ? -1 : found + mark.length
}

/** A > between quotation marks ends no tag. */
function tagEnd(input: string, from: number): number {
  let quote = 0
  for (let at = from; at < input.length; at++) {
    const code = input.charCodeAt(at)
    if (quote !== 0) quote = code === quote ? 0 : quote
    else if (code === 0x3e) return at
    else if (code === 0x22 || code === 0x27) quote = code
  }
  return -1
}

function withoutHalfEntity(input: string, from: number): number {
  const ampersand = input.lastIndexOf('&')
  return ampersand >= from && input.length - ampersand < 12 && !input.includes(';', ampersand)
    ? ampersand
    : input.length
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/giu,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name) return named[name] ?? whole
      const code = hex ? parseInt(hex, 16) : Number(decimal)
      return code === 0 || code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code)
    },
  )
}
