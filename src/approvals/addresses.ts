import type { InboxQuery } from './forms.ts'

/** The list that a request was opened from, as the end of an address. */
export function searchOf(query: Partial<Record<keyof InboxQuery, string | undefined>>): string {
  const search = new URLSearchParams()
  for (const name of ['kind', 'after', 'before'] as const) if (query[name]) search.set(name, query[name])
  return search.size > 0 ? `?${search}` : ''
}

export const requestPath = (number: string, query: Parameters<typeof searchOf>[0] = {}) =>
  `/approvals/${number}${searchOf(query)}`
