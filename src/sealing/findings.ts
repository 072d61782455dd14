/** What a check found not to be as it was sealed. */
export type FindingKind =
  'altered' | 'removed' | 'inserted' | 'seal_altered' | 'seal_removed' | 'other_key' | 'cut_off' | 'head_differs'

/** `n` places; `ids` the first of the lines, `seal` to `until` the batches where they are known. */
export type Finding = { kind: FindingKind; n: number; seal?: string; until?: string; ids?: string[] }

/** `findings` holds the first of them, `places` counts all. */
export type Outcome = { seals: number; entries: number; unsealed: number; places: number; findings: Finding[] }

export const idsShown = 20
const kept = 50

/** Gathers findings: neighbours of one kind become one, and however many there are, few are held. */
export function gathering() {
  const findings: Finding[] = []
  let places = 0
  return {
    add(found: readonly Finding[]): void {
      for (const finding of found) {
        places += finding.n
        if (!joined(findings.at(-1), finding) && findings.length < kept) findings.push({ ...finding })
      }
    },
    result: () => ({ findings, places }),
  }
}

function joined(last: Finding | undefined, next: Finding): boolean {
  if (next.kind !== 'other_key' || last?.kind !== 'other_key') return false
  if (BigInt(last.until ?? last.seal!) + 1n !== BigInt(next.seal!)) return false
  last.until = next.seal!
  last.n += next.n
  return true
}
