import type { Tx } from '../db.ts'
import { Stale } from '../lib/refused.ts'

type Fields = Record<string, string>

/**
 * 409: the record was saved since the form was opened. The trail knows by whom, and what the form had seen: the entry
 * that replaced that version carries it in `before.version`.
 */
export async function staleSince(
  tx: Tx,
  subject: string,
  opened: number,
  current: { version: number; fields: Fields },
): Promise<Stale> {
  const entries = await tx.auditEntry.findMany({
    where: { subject, kind: 'change' },
    orderBy: { id: 'desc' },
    take: 100,
  })
  const seen = entries.find(({ before }) => (before as { version?: number } | null)?.version === opened)
  const held = (seen?.before ?? {}) as Record<string, unknown>
  const before = Object.entries(current.fields).map(([name, value]) => [
    name,
    name in held ? asText(held[name]) : value,
  ])
  return new Stale({
    version: current.version,
    savedBy: entries[0]?.actorName ?? '',
    savedAt: entries[0]?.at ?? new Date(0),
    before: Object.fromEntries(before) as Fields,
    theirs: current.fields,
  })
}

const asText = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
