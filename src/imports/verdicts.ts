import type { ImportOutcome } from '../../prisma/client/enums.ts'
import type { Finding } from '../customers/intake/cells.ts'
import {
  conflictOf,
  conflictProblems,
  getToKnow,
  ownerOr,
  type Acquaintances,
  type Conflict,
} from '../customers/conflicts.ts'
import { intakeIdentity, type JudgedRow } from '../customers/intake/intake.ts'
import type { FoundOwner } from './owners.ts'

export type Verdict = Pick<JudgedRow, 'fields'> & {
  outcome: Exclude<ImportOutcome, 'withdrawn'>
  findings: Finding[]
  number: string | null
  ownerId: bigint | null
  /** how it differs from a customer that is much like it; kept in the trail */
  distinction: string | null
}

/**
 * POOL-01, CUS-15: what becomes of a row, by the same rule as on every form: a conflict blocks it until the row itself
 * says how the two differ. Each row that becomes a customer is known to those after it; `take` gives it a number.
 */
export function verdictOn(row: JudgedRow, known: Acquaintances, owner: FoundOwner | null, take: () => string): Verdict {
  const { fields, problems } = row
  const none = { fields, number: null, ownerId: null, distinction: null }
  if (problems.length > 0) return { ...none, outcome: 'rejected', findings: problems }
  const identity = intakeIdentity(fields)
  const conflict = conflictOf(known, identity)
  if (conflict && conflictProblems(conflict, fields.distinction).length > 0)
    return { ...none, outcome: 'duplicate', findings: [findingOf(conflict)] }
  const number = take()
  getToKnow(known, { ...identity, number, owner: owner?.name ?? null, life: 'potential', standing: 'provisional' })
  const findings = [...row.warnings, ...(conflict ? [declaredOf(conflict, fields.distinction ?? '')] : [])]
  return {
    fields,
    number,
    ownerId: owner?.id ?? null,
    distinction: conflict ? fields.distinction : null,
    outcome: findings.length > 0 ? 'warned' : 'imported',
    findings,
  }
}

type Reason = 'duplicateCode' | 'duplicateName' | 'alikeName' | 'alikePhone' | 'declared'

function findingOf(conflict: Conflict): Finding {
  const { by, sure } = conflict
  const alike = by === 'phone' ? 'alikePhone' : 'alikeName'
  return told(conflict, sure ? (by === 'code' ? 'duplicateCode' : 'duplicateName') : alike)
}

const declaredOf = (conflict: Conflict, distinction: string): Finding => {
  const finding = told(conflict, 'declared')
  return { ...finding, params: { ...finding.params, distinction } }
}

function told({ known: { number, owner, life, standing } }: Conflict, reason: Reason): Finding {
  const words = {
    life: { word: `customers:life.${life}` },
    standing: { word: `customers:standing.${standing}` },
  } as const
  const params = { number, owner: ownerOr(owner), ...words }
  return { rule: 'POOL-01', reason: `imports:finding.${reason}`, params, column: null }
}
