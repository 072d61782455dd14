import type { Actor } from '../access/actor.ts'
import { itemFor, type Item } from '../archive/queries.ts'
import { NotFound } from '../lib/refused.ts'

/** Each number to its item, as far as this person may see it in the index; the others by their numbers. */
export async function itemsNamed(
  actor: Actor,
  numbers: readonly string[],
): Promise<{ items: Item[]; unknown: string[] }> {
  const found = await Promise.all(
    numbers.map((number) =>
      itemFor(actor, number).catch((error: unknown) => {
        if (error instanceof NotFound) return number
        throw error
      }),
    ),
  )
  const items = found.filter((one) => typeof one !== 'string')
  return { items, unknown: found.filter((one) => typeof one === 'string') }
}
