import { z } from 'zod'
import { readSearch, type ListQuery } from './address.ts'

/** So many at once. */
export const mostPicked = 1000

/** Customers ticked in the list, by number, or all that a list holds. */
export type Picked = { numbers: string[]; all: ListQuery | null }

const isNumber = (name: string) => /^K\d{10}$/.test(name)

/** `?K2026000123=on&K2026000124=on`, or `?all=on` and a list's own address. */
export const pickedQuery = z.record(z.string(), z.string()).transform((values, context): Picked => {
  const { all, ...rest } = values
  const numbers = Object.keys(rest).filter(isNumber)
  const others = Object.entries(rest).filter(([name]) => !isNumber(name))
  const query = all === 'on' ? readSearch(new URLSearchParams(others).toString()) : null
  if (all !== 'on' || query) return { numbers, all: query }
  context.addIssue({ code: 'custom', message: 'web:field.malformed' })
  return z.NEVER
})

/** A ticked box says by its value which version of the customer was seen. */
export type Ticked = { number: string; version: number }

/** For a form of many customers: their boxes become `picked`, the rest stays as it is. */
export function gatherTicked(raw: unknown): unknown {
  const entries = Object.entries((raw ?? {}) as Record<string, unknown>)
  const picked = entries
    .filter(([name]) => isNumber(name))
    .map(([number, version]) => ({ number, version: /^\d{1,9}$/.test(String(version)) ? Number(version) : null }))
  return { ...Object.fromEntries(entries.filter(([name]) => !isNumber(name))), picked }
}

const areTicked = (value: unknown): value is Ticked[] =>
  Array.isArray(value) && value.every((one: { version: unknown }) => one.version !== null)

// One field of the page, whichever box is wrong.
export const ticked = () =>
  z
    .custom<Ticked[]>(areTicked, { error: 'web:field.malformed', abort: true })
    .refine((picked) => picked.length > 0, { error: 'web:field.required' })
    .refine((picked) => picked.length <= mostPicked, { error: 'web:field.tooLong', params: { max: mostPicked } })
