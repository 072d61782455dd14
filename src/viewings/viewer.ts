import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import { translate } from '../i18n.ts'

/** By which window somebody opens an item now, and who looks on (ARC-08). */
export type Through = { viewingId?: bigint; visitor?: string }

/**
 * One's own window goes before one that was opened for an outsider. Without either it is one's own right; while an
 * outsider's window is open, its staff opens the item with the outsider beside.
 */
export async function throughOf(actor: Actor, { id }: { id: bigint }, now: Date): Promise<Through> {
  const [found] = await ask<{ id: bigint; name: string | null; unit: string | null }>`
    select v.id, v.visitor_name as name, v.visitor_unit as unit
    from viewing v join viewing_item vi on vi.viewing_id = v.id join archive_item i on i.id = vi.item_id
    where vi.item_id = ${id} and i.secrecy <= vi.secrecy and v.applicant_id = ${actor.id} and v.state = 'approved'
      and v.ended_at is null and v.from_at <= ${now}::timestamptz and v.until_at > ${now}::timestamptz
    order by v.visitor_name is not null, v.id desc limit 1`
  if (!found) return {}
  return { viewingId: found.id, ...(found.name ? { visitor: `${found.name}（${found.unit ?? ''}）` } : {}) }
}

/** The words of the stamp on what is shown: who looks, and the outsider beside, if one does. */
export async function viewerOf(actor: Actor, item: { id: bigint }, now: Date): Promise<Through & { words: string }> {
  const through = await throughOf(actor, item, now)
  const own = `${actor.name} ${actor.number}`
  const words = through.visitor
    ? translate[actor.language]('viewings:stamp', { staff: own, visitor: through.visitor })
    : own
  return { ...through, words }
}
