import { fold } from '../lib/text.ts'

type Titles<F extends string> = {
  /** What columns of each field are called, the usual first; apart by spaces. */
  titles: Record<F, string>
  /** Longer titles that say it in one of their words. */
  words: readonly (readonly [F, RegExp])[]
  /** Fields that several columns may hold. */
  many?: ReadonlySet<F>
}
type Guess<F> = { field: F; rank: number } | null

/** CUS-15: what each column of a file seems to hold, by its title; the better of two titles for one field wins. */
export function suggesterOf<F extends string>({ titles, words, many = new Set() }: Titles<F>) {
  const known = new Map(
    (Object.entries(titles) as [F, string][]).flatMap(([field, named]) =>
      named.split(' ').map((title, rank) => [title, { field, rank }] as const),
    ),
  )
  function guessOf(title: string): Guess<F> {
    const plain = fold(title.replace(/[（(【[].*?[）)】\]]/gu, ''))
    const exact = known.get(plain)
    if (exact) return exact
    const field = plain.length <= 20 ? words.find(([, word]) => word.test(plain))?.[0] : undefined
    return field ? { field, rank: 100 } : null
  }
  return (header: readonly string[]): (F | null)[] => {
    const guesses = header.map(guessOf)
    return guesses.map((guess, at) => {
      if (!guess || many.has(guess.field)) return guess?.field ?? null
      const better = guesses.some(
        (other, place) =>
          other?.field === guess.field && (other.rank < guess.rank || (other.rank === guess.rank && place < at)),
      )
      return better ? null : guess.field
    })
  }
}
