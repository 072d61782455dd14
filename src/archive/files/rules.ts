import type { FileKind, FilePart } from '../../../prisma/client/enums.ts'
import type { Refusal } from '../../lib/refused.ts'
import { partAllowed } from '../parts.ts'

type Volume = { part: FilePart; startedOn: string | null; endedOn: string | null }

/** ARC-24: a volume holds a part that a file of this kind has; its period does not end before it begins. */
export function volumeProblems(kind: FileKind, { part, startedOn, endedOn }: Volume): Refusal[] {
  const problems: Refusal[] = []
  if (!partAllowed(kind, part)) problems.push({ rule: 'ARC-24', reason: 'archive:refused.part', field: 'part' })
  if (startedOn && endedOn && endedOn < startedOn)
    problems.push({ rule: 'ARC-01', reason: 'archive:refused.period', field: 'endedOn' })
  return problems
}

/** ARC-24: a file is made another kind only while no volume holds a part that the other kind does not have. */
export function kindProblems(kind: FileKind, held: readonly FilePart[]): Refusal[] {
  return held.every((part) => partAllowed(kind, part))
    ? []
    : [{ rule: 'ARC-24', reason: 'archive:refused.kind', field: 'kind' }]
}
