import type { Actor } from '../access/actor.ts'
import { db } from '../db.ts'
import type { Key } from '../i18n.ts'
import { NotFound, type Params } from '../lib/refused.ts'

export type Outcome = { number: string; rule?: string; reason?: Key; params?: Params }

/** What became of a confirmation of many: its maker's own, kept in the trail. */
export async function outcomesFor(actor: Actor, id: string): Promise<Outcome[]> {
  const entry = /^[0-9a-f]{16}$/.test(id)
    ? await db.auditEntry.findFirst({
        where: { subject: `confirmation:${id}`, actorId: actor.id, action: 'confirmation.made' },
        select: { after: true },
      })
    : null
  if (!entry) throw new NotFound()
  return (entry.after as unknown as { outcomes: Outcome[] }).outcomes
}
