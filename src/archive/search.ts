import { searchable } from '../customers/search.ts'

/** CUS-14, ARC-02: what is stored of a title so that two characters or the initials find it. */
export function itemSearch(title: string): { grams: string[]; text: string } {
  const { grams, text } = searchable([{ text: title, as: 'company' }])
  return { grams, text }
}
