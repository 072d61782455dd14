import type { Actor } from '../access/actor.ts'
import { itemFor, type Item } from '../archive/queries.ts'
import { NotFound, type Refusal } from '../lib/refused.ts'
import type { Content } from './queries.ts'
import { refusal } from './refusing.ts'
import { mostItems } from './rules.ts'

/** Items that this person knows and that are this customer's; of all others the same is said. */
export async function itemsNamed(actor: Actor, numbers: readonly string[], customerId: bigint): Promise<Item[]> {
  if (numbers.length > mostItems) throw refusal('tooMany', 'items', { most: mostItems })
  const found = await Promise.all(numbers.map((number) => itemFor(actor, number).catch(nullIfNone)))
  const unknown = numbers.filter((_, at) => !found[at]?.known || found[at].customerId !== customerId)
  if (unknown.length > 0) throw refusal('itemUnknown', 'items', { numbers: unknown.join('、') })
  return found.filter((item) => item !== null)
}

export function nullIfNone(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}

/** What lies only on paper cannot be packed: it goes out as a numbered copy (ARC-13), or is scanned first. */
export function contentProblems(contents: readonly Content[]): Refusal[] {
  const problem = (reason: Refusal['reason'], numbers: string[]): Refusal[] =>
    numbers.length === 0 ? [] : [{ rule: 'ARC-15', reason, field: 'items', params: { numbers: numbers.join('、') } }]
  const gone = contents.filter(({ state }) => state === 'disposed')
  const empty = contents.filter(({ n, state }) => n === 0 && state !== 'disposed')
  return [
    ...problem(
      'disclosures:refused.disposed',
      gone.map(({ number }) => number),
    ),
    ...problem(
      'disclosures:refused.noContent',
      empty.map(({ number }) => number),
    ),
  ]
}
