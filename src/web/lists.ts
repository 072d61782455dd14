import { z } from 'zod'

type Change = Record<string, string>

/** The address of a list that keeps all its state there: written with a change, and read back; null where it is none. */
export function listAddresses<Query>(
  path: string,
  fieldsOf: (query: Query) => Record<string, string>,
  schema: z.ZodType<Query>,
) {
  function searchOf(query: Query, change: Change = {}): string {
    const fields = Object.entries({ ...fieldsOf(query), ...change }).filter(([, value]) => value !== '')
    return new URLSearchParams(fields).toString()
  }
  function listAddress(query: Query, change: Change = {}): string {
    const search = searchOf(query, change)
    return search ? `${path}?${search}` : path
  }
  /** Without the place in the list. A name written twice is no address. */
  function readSearch(search: string): Query | null {
    const pairs = [...new URLSearchParams(search)]
    const values = Object.fromEntries(pairs)
    if (Object.keys(values).length !== pairs.length || /\0/.test(search) || /%00/.test(search)) return null
    const { success, data } = schema.safeParse(values)
    return success ? { ...data, after: undefined, before: undefined } : null
  }
  return { searchOf, listAddress, readSearch }
}

export const formats = ['xlsx', 'csv'] as const
export type Format = (typeof formats)[number]

/** A list's own address, and the kind of file. */
export const exportQueryOf = <Query>(readSearch: (search: string) => Query | null) =>
  z.record(z.string(), z.string()).transform((values, context): { format: Format; query: Query } => {
    const { format = 'xlsx', ...rest } = values
    const query = readSearch(new URLSearchParams(rest).toString())
    const known = formats.find((one) => one === format)
    if (query && known) return { format: known, query }
    context.addIssue({ code: 'custom', message: 'web:field.malformed' })
    return z.NEVER
  })

type Chip = { remove: string; label: string; word: string }
export type WayOut = { href: string; label: string; word: string; n: number }

/** Where nothing was found: of the conditions, the one without which most would be. */
export function bestWayOut(chips: readonly Chip[], counts: readonly number[]): WayOut | null {
  const best = counts.indexOf(Math.max(...counts))
  const { remove: href, label, word } = chips[best]!
  return counts[best]! > 0 ? { href, label, word, n: counts[best]! } : null
}
