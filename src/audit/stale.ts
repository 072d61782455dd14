import type { Tx } from '../db.ts'
import { Refused, Stale, type Conflict } from '../lib/refused.ts'

type Fields = Record<string, string>
type Held = Record<string, unknown>

/** A form's fields as they are now; `heldIn` reads them from what an entry held, where the trail keeps them otherwise. */
export type Current = Pick<Conflict, 'version' | 'words' | 'labels' | 'typed' | 'over'> & {
  fields: Fields
  part?: string
  heldIn?: (held: Held) => Held
}

/**
 * 409: the record was saved since the form was opened. The trail knows by whom, and what the form had seen: every entry
 * carries in `before.version` the version it replaced, so those since are taken back, newest first. What belongs to a
 * record (a contact of a customer) has a version of its own, and is named in `before.part`: contact:12.
 */
export async function staleSince(
  tx: Tx,
  subject: string,
  opened: number,
  { fields, part, heldIn = (held) => held, ...current }: Current,
): Promise<Stale> {
  const all = await tx.auditEntry.findMany({ where: { subject, kind: 'change' }, orderBy: { id: 'desc' }, take: 100 })
  const entries = all.filter(({ before }) => (before as { part?: unknown } | null)?.part === part)
  const names = Object.keys(fields)
  const before = { ...fields }
  // Whose saving is shown: the newest that wrote one of these fields, else the newest of all.
  let latest: (typeof entries)[number] | undefined
  for (const entry of entries) {
    const held = (entry.before ?? {}) as Held
    if (Number(held['version'] ?? 0) < opened) continue
    const old = heldIn(held)
    const written = names.filter((name) => name in old)
    for (const name of written) before[name] = asText(old[name])
    if (written.length > 0) latest ??= entry
  }
  const { actorName: savedBy, at: savedAt } = latest ?? entries[0] ?? all[0] ?? { actorName: '', at: new Date(0) }
  return new Stale({ ...current, savedBy, savedAt, before, theirs: fields })
}

/** Whether something is to be chosen: a field that was written since, and not as it was `typed` now. */
export function isAtStake({ conflict: { before, theirs } }: Stale, typed: Fields = {}): boolean {
  return Object.keys(theirs).some((name) => before[name] !== theirs[name] && typed[name] !== theirs[name])
}

/**
 * For a form that took long to write: the conflict screen where what it holds was written by another since, or where
 * nothing can be saved any more and what was typed would be lost. Another act on the record alone is no conflict.
 */
export async function refuseIfWritten(
  tx: Tx,
  subject: string,
  opened: number,
  form: Current & { typed: Fields },
): Promise<void> {
  const { fields, typed, over } = form
  const stale = await staleSince(tx, subject, opened, form)
  const { before } = stale.conflict
  const written = Object.keys(fields).some((name) => typed[name] !== before[name] && typed[name] !== fields[name])
  if (over) throw written ? stale : new Refused([over.refusal])
  if (isAtStake(stale, typed)) throw stale
}

const asText = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
