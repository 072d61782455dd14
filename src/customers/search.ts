import { companyPinyin, personPinyin, type Pinyin } from '../lib/pinyin.ts'
import { syllablesOf } from '../lib/syllables.ts'
import { cleanText, fold } from '../lib/text.ts'

/** A text that finds a customer; pinyin is kept for names, not for addresses. */
export type SearchText = { text: string; as: 'company' | 'person' | 'plain' }

/** What is stored for searching: the pieces for the GIN index, and the whole for rechecking longer terms. */
export type SearchDocument = {
  grams: string[]
  text: string
  /** of the first name, for sorting and for prefix searches */
  pinyin: string
  initials: string
}

/**
 * CUS-14: 1- and 2-character pieces of each folded text and of its pinyin initials, and its syllables marked `'`
 * (performance.md; trigrams cannot find two Chinese characters).
 */
export function searchable(texts: SearchText[]): SearchDocument {
  const grams = new Set<string>()
  const lines = new Set<string>()
  let first: Pinyin | null = null
  for (const { text, as } of texts) {
    const plain = fold(text)
    addGrams(grams, plain)
    lines.add(plain)
    if (as === 'plain') continue
    const sound = (as === 'person' ? personPinyin : companyPinyin)(cleanText(text))
    first ??= sound
    addGrams(grams, sound.initials)
    for (const syllable of sound.syllables) grams.add(`'${syllable}`)
    lines.add(sound.initials).add(sound.full)
  }
  const text = [...lines].filter((line) => line !== '').join('\n')
  return { grams: [...grams], text, pinyin: first?.full ?? '', initials: first?.initials ?? '' }
}

/** One way in which a word may be found; `like` is the recheck, null where the pieces say it all. */
export type Look =
  | { in: 'names'; grams: string[]; like: string | null }
  | { in: 'phones'; like: string }
  | { in: 'numbers'; like: string }
  | { in: 'codes'; like: string }

/** A customer is found when, for every word, one of its looks holds. */
export type Term = { kind: 'empty' | 'number' | 'digits' | 'latin' | 'text'; words: Look[][] }

const longestTerm = 100
const mostWords = 6
const mostGrams = 24

/** CUS-14: how a typed term is read. Text beyond 100 characters is not looked at. */
export function termOf(typed: string): Term {
  const text = cleanText(
    Array.from(typed.slice(0, 2 * longestTerm))
      .slice(0, longestTerm)
      .join(''),
  )
  if (fold(text) === '') return { kind: 'empty', words: [] }
  const number = /^k(\d{1,4})-?(\d{0,6})$/iu.exec(text)
  if (number) return { kind: 'number', words: [[numbered(`K${number[1]}${number[2]}`), ...namedBy(fold(text))]] }
  if (/^\+?[\d\s().（）转-]+$/u.test(text) && text.replace(/\D/gu, '').length >= 3)
    return { kind: 'digits', words: [looksOfDigits(nationalDigits(text))] }
  const words = [...new Set(text.split(' ').map(fold))].filter((word) => word !== '').slice(0, mostWords)
  const kind = words.every((word) => /^[a-z0-9]+$/u.test(word)) ? 'latin' : 'text'
  return { kind, words: words.map((word) => (/^\d{3,}$/u.test(word) ? looksOfDigits(word) : looksOfWord(word))) }
}

/** For a LIKE pattern: what was typed stands for itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/gu, '\\$&')
}

/** All digits by which a phone is found, in one column with a trigram index. */
export function phoneDigits(phones: { digits: string }[]): string {
  return phones.map((phone) => phone.digits).join(' ')
}

function addGrams(into: Set<string>, text: string): void {
  let before = ''
  for (const character of text) {
    into.add(character)
    if (before !== '') into.add(before + character)
    before = character
  }
}

/** The fewest pieces that a document must have to hold the word. */
function piecesOf(word: string): string[] {
  const characters = Array.from(word)
  if (characters.length < 2) return characters
  return [...new Set(characters.slice(1).map((character, at) => characters[at]! + character))].slice(0, mostGrams)
}

const inside = (word: string) => `%${escapeLike(word)}%`
const numbered = (start: string): Look => ({ in: 'numbers', like: `${escapeLike(start)}%` })
const named = (word: string): Look => ({
  in: 'names',
  grams: piecesOf(word),
  like: Array.from(word).length > 2 ? inside(word) : null,
})
const namedBy = (word: string): Look[] => (word === '' ? [] : [named(word)])

function nationalDigits(text: string): string {
  return text.replace(/^(?:\+|00)86/u, '').replace(/\D/gu, '')
}

/** 1381 may be part of a phone, of a name (208加油站), the start of a customer number or of a code. */
function looksOfDigits(digits: string): Look[] {
  const looks: Look[] = [{ in: 'phones', like: inside(digits) }, named(digits)]
  if (/^(?:19|20)\d{2,8}$/u.test(digits)) looks.push(numbered(`K${digits}`))
  if (digits.length >= 6 && digits.length <= 18) looks.push({ in: 'codes', like: `${digits}%` })
  return looks
}

function looksOfWord(word: string): Look[] {
  const looks = [named(word)]
  if (/^[a-z]+$/u.test(word)) looks.push(...spelt(word))
  if (/^[0-9a-z]{8,18}$/u.test(word) && /\d{4}/u.test(word)) looks.push({ in: 'codes', like: `${word.toUpperCase()}%` })
  return looks
}

/**
 * Pinyin typed whole, as taoyuanl: by the syllables that every way of cutting it has, else by the few ways there are,
 * else by the ways it can begin; longer words are rechecked. xian is xian and xi'an.
 */
function spelt(word: string): Look[] {
  const { cuts, always, begins } = syllablesOf(word)
  const look = (syllables: string[]): Look => {
    const whole = syllables.length === 1 && syllables[0] === word
    return { in: 'names', grams: [...new Set(syllables.map((one) => `'${one}`))], like: whole ? null : inside(word) }
  }
  if (always.length > 0) return [look(always)]
  return (cuts ?? begins.map((syllable) => [syllable])).map(look)
}
