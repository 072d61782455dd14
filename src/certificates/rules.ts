import type { Refusal } from '../lib/refused.ts'

export type Standing = { givenBackAt: Date | null; lent: boolean; missing: boolean }

/** ARC-23: what is out on a loan, missing or given back already cannot be given back. */
export function givingBackProblems({ givenBackAt, lent, missing }: Standing): Refusal[] {
  if (givenBackAt) return [{ rule: 'ARC-23', reason: 'certificates:refused.givenBack' }]
  if (missing) return [{ rule: 'ARC-23', reason: 'certificates:refused.missing' }]
  return lent ? [{ rule: 'ARC-23', reason: 'certificates:refused.lent' }] : []
}

/** ARC-23: two different people, like cash. */
export function witnessProblems(actorId: bigint, witnessId: bigint): Refusal[] {
  return actorId === witnessId ? [{ rule: 'ARC-23', reason: 'certificates:refused.sameWitness', field: 'witness' }] : []
}

export type Counted = { number: string; expected: number; counted: number | null; why: string | null }

/** Every one is counted, and what differs is explained. */
export function countingProblems(lines: readonly Counted[]): Refusal[] {
  return lines.flatMap(({ number, expected, counted, why }): Refusal[] => {
    if (counted === null)
      return [
        {
          rule: 'ARC-23',
          reason: 'certificates:refused.uncounted',
          field: `rows.${number}.counted`,
          params: { number },
        },
      ]
    if (counted === expected || why) return []
    return [
      { rule: 'ARC-23', reason: 'certificates:refused.unexplained', field: `rows.${number}.why`, params: { number } },
    ]
  })
}

/** What is out on a loan, or known to be missing, is not in the safe. */
export function expectedOf({ quantity, lent, state }: { quantity: number; lent: boolean; state: string }): number {
  return lent || state === 'missing' ? 0 : quantity
}
