import type { FileKind, FilePart } from '../../prisma/client/enums.ts'

/** ARC-24: the parts that a file of the kind consists of, in the order of its volumes. */
export const partsOf: Record<FileKind, readonly FilePart[]> = {
  general: ['general'],
  loan: ['approval', 'contracts', 'investigation', 'customer_papers'],
  mall: ['leases', 'entry_exit', 'fit_out', 'marketing', 'identity', 'notices', 'letters'],
}

export const fileKinds = Object.keys(partsOf) as [FileKind, ...FileKind[]]

export const fileParts = [
  'general',
  'approval',
  'contracts',
  'investigation',
  'customer_papers',
  'leases',
  'entry_exit',
  'fit_out',
  'marketing',
  'identity',
  'notices',
  'letters',
] as const satisfies readonly FilePart[]

/** ARC-24: which of them nothing stands in yet; what belongs to no part counts for none. */
export function missingParts(kind: FileKind, held: readonly FilePart[]): FilePart[] {
  return kind === 'general' ? [] : partsOf[kind].filter((part) => !held.includes(part))
}

/** A file may hold what belongs to none of its parts. */
export const partAllowed = (kind: FileKind, part: FilePart): boolean =>
  part === 'general' || partsOf[kind].includes(part)
