import type { Actor } from '../access/actor.ts'
import { regulationAt } from '../regulations/in-force.ts'
import type { AuditAction } from './actions.ts'
import { reading } from './change.ts'

type Search = { action: AuditAction; subject: string; search: string | object; count: number }

/** AUD-01: a search that finds more than so many is a read. */
export async function recordWide(actor: Actor, { action, subject, search, count }: Search, now: Date): Promise<void> {
  if (count <= (await regulationAt(now)).value('audit.search_results')) return
  await reading(actor, action, subject, { after: { search, count } })
}
