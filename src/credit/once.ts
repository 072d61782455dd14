import type { Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'

class Known extends Error {
  readonly found: unknown
  constructor(found: unknown) {
    super('done already')
    this.found = found
  }
}

/** CRD-18: what was known, or done, already changes nothing and leaves no line: its transaction is given up. */
export async function once<T extends { again?: boolean }>(
  actor: Actor,
  enter: (tx: Tx, audit: Audit) => Promise<T>,
): Promise<T> {
  try {
    return await change(actor, async (tx, audit) => {
      const entered = await enter(tx, audit)
      if (entered.again) throw new Known(entered)
      return entered
    })
  } catch (error) {
    if (error instanceof Known) return error.found as T
    throw error
  }
}
