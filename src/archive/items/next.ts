import type { ItemInput } from './forms.ts'

/** Where the next of many is taken in: what usually stays the same stands in the form already. */
export function nextOf(file: string, input: ItemInput): string {
  const { volume, type, medium, ink, secrecy, room, cabinet, shelf, position } = input
  const kept = { volume, type, medium, ink, secrecy, room, cabinet, shelf, position }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(kept)) if (value !== null) query.set(name, String(value))
  return `/archive/files/${file}/items/new?${query.toString()}`
}
