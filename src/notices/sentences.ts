import { translateIfKnown, type Language } from '../i18n.ts'
import type { Params } from '../lib/refused.ts'
import { isKind, wordOf } from './kinds.ts'

export type Told = { kind: string; params: Params }
/** How numbers are called that the reader may see; null where the sentence leaves the house. */
export type Names = ReadonlyMap<string, string> | null

/** What a kind is called; one of a later release by its bare name. */
export function kindWord(language: Language, kind: string): string {
  return (isKind(kind) && translateIfKnown(language, `notices:kind.${wordOf(kind)}`)) || kind
}

/**
 * The sentence in the reader's language. {of} is the number and, inside the house only, what it is called: mail carries
 * numbers alone, for it passes through servers that are not the company's.
 */
export function sentenceOf(language: Language, { kind, params }: Told, names: Names): string {
  const word = isKind(kind) ? wordOf(kind) : kind
  const key = `notices:say.${word}${'n' in params && !('number' in params) ? '_many' : ''}`
  return translateIfKnown(language, key, withOf(language, params, names)) ?? kindWord(language, kind)
}

function withOf(language: Language, params: Params, names: Names): Params {
  const number = String(params['number'] ?? '')
  const name = names && (names.get(number) ?? params['title'] ?? '')
  const plain = Object.entries(params).map(([key, value]) => [key, inWords(language, value)])
  return { owner: '—', by: '—', due: '—', ...Object.fromEntries(plain), of: [number, name].filter(Boolean).join(' ') }
}

function inWords(language: Language, value: Params[string]): string | number {
  const text = typeof value === 'object' ? translateIfKnown(language, value.word) : value
  return text === null || text === '' ? '—' : text
}
