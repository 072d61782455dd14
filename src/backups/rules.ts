type Migration = { name: string; checksum: string }

/** PRV-06: a backup each night, with two hours for making it. */
export const staleAfter = 26 * 60 * 60_000

export function isStale(lastGood: Date | null, now: Date): boolean {
  return lastGood === null || now.getTime() - lastGood.getTime() > staleAfter
}

export type MigrationPlan =
  { may: true; names: string[]; older: boolean } | { may: false; why: 'newer' | 'changed'; migration: string }

/** A backup goes into the schema it was made from: this release must know every step of the way there. */
export function planFor(backup: readonly Migration[], known: readonly Migration[]): MigrationPlan {
  const ours = new Map(known.map(({ name, checksum }) => [name, checksum]))
  const newer = backup.find(({ name }) => !ours.has(name))
  if (newer) return { may: false, why: 'newer', migration: newer.name }
  const changed = backup.find(({ name, checksum }) => ours.get(name) !== checksum)
  if (changed) return { may: false, why: 'changed', migration: changed.name }
  return { may: true, names: backup.map(({ name }) => name), older: known.length > backup.length }
}
