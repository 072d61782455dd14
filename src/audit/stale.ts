import type { Tx } from '../db.ts'
import { Stale } from '../lib/refused.ts'

type Fields = Record<string, string>

/**
 * 409: the record was saved since the form was opened. The trail knows by whom, and what the form had seen: every entry
 * carries in `before.version` the version it replaced, so those since are taken back, newest first. What belongs to a
 * record (a contact of a customer) has a version of its own, and is named in `before.part`: contact:12.
 */
export async function staleSince(
  tx: Tx,
  subject: string,
  opened: number,
  current: { version: number; fields: Fields; words?: Fields; part?: string },
): Promise<Stale> {
  const all = await tx.auditEntry.findMany({ where: { subject, kind: 'change' }, orderBy: { id: 'desc' }, take: 100 })
  const entries = all.filter(({ before }) => (before as { part?: unknown } | null)?.part === current.part)
  const before = { ...current.fields }
  for (const entry of entries) {
    const held = (entry.before ?? {}) as Record<string, unknown>
    if (Number(held['version'] ?? 0) < opened) continue
    for (const name of Object.keys(before)) if (name in held) before[name] = asText(held[name])
  }
  return new Stale({
    version: current.version,
    savedBy: entries[0]?.actorName ?? '',
    savedAt: entries[0]?.at ?? new Date(0),
    before,
    theirs: current.fields,
    ...(current.words ? { words: current.words } : {}),
  })
}

const asText = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
