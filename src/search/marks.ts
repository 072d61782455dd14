import { soundsOf } from '../lib/pinyin.ts'

/** A text in pieces, the found ones marked. */
export type Piece = { text: string; mark?: true }
type Span = { from: number; to: number }

/** The text with every word in it marked, whatever the case. */
export function marked(text: string, words: string[]): Piece[] {
  const characters = Array.from(text)
  return inPieces(
    characters,
    words.flatMap((word) => spansOf(characters, word)),
  )
}

/** The text with what a word spells marked: jsl in 九色鹿冷链, by the first letters, or jiuselu by the syllables. */
export function markedBySound(text: string, words: string[], as: 'company' | 'person'): Piece[] {
  const characters = Array.from(text)
  const spans = words.flatMap((word) => {
    const plain = spansOf(characters, word)
    return plain.length > 0 ? plain : (soundIn(text, word, as)?.spans ?? [])
  })
  return inPieces(characters, spans)
}

/** Where a word of Latin letters is heard in a text, and how it reads there: jiu se lu. */
export function soundIn(text: string, word: string, as: 'company' | 'person') {
  if (!/^[a-z]+$/iu.test(word)) return null
  const letters = word.toLowerCase()
  const sounds = soundsOf(text, as).map((sound) => (/^[a-z0-9]+$/iu.test(sound) ? sound.toLowerCase() : ''))
  if (sounds.length !== Array.from(text).length) return null
  const initials = placeOf(
    sounds.map((sound) => sound.slice(0, 1)),
    letters,
  )
  if (initials) return { by: 'initials' as const, spans: [initials], reads: letters }
  const whole = placeOf(sounds, letters)
  return (
    whole && { by: 'syllables' as const, spans: [whole], reads: sounds.slice(whole.from, whole.to).join(' ').trim() }
  )
}

/** Which of the parts, joined, hold the letters; the first of them must be entered at its beginning. */
function placeOf(parts: string[], letters: string): Span | null {
  for (let from = 0; from < parts.length; from++) {
    if (!parts[from]) continue
    let joined = ''
    for (let to = from; to < parts.length; to++) {
      joined += parts[to]
      if (joined.startsWith(letters)) return { from, to: to + 1 }
      if (!letters.startsWith(joined)) break
    }
  }
  return null
}

function spansOf(characters: string[], word: string): Span[] {
  const sought = Array.from(word.toLowerCase())
  if (sought.length === 0) return []
  const plain = characters.map((character) => character.toLowerCase())
  return plain.flatMap((_, from) =>
    sought.every((character, at) => plain[from + at] === character) ? [{ from, to: from + sought.length }] : [],
  )
}

function inPieces(characters: string[], spans: Span[]): Piece[] {
  const pieces: Piece[] = []
  characters.forEach((character, at) => {
    const mark = spans.some(({ from, to }) => at >= from && at < to)
    const last = pieces.at(-1)
    if (last && Boolean(last.mark) === mark) last.text += character
    else pieces.push(mark ? { text: character, mark } : { text: character })
  })
  return pieces
}
