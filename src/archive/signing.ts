import type { SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Signature } from '../approvals/contract.ts'
import type { Place } from '../approvals/contract.ts'
import type { Regulation } from '../regulations/in-force.ts'
import { isClassified, levels } from './levels.ts'

/**
 * ARC-07, ARC-09, ARC-21: who signs an application about items up to this level, in order: the head of the applicant's
 * department, then customer service; the general manager for 绝密, and for all above internal where the company says so.
 */
export function signaturesFor(regulation: Regulation, level: SecrecyLevel, applicant: Place): Signature[] {
  const head: Signature = { role: 'dept_head', place: applicant }
  const service: Signature = {
    role: isClassified(level) ? 'cs_manager' : regulation.value('archive.review_role'),
  }
  const authority =
    level === 'top_secret' || (level !== 'internal' && regulation.value('archive.authority') === 'general_manager')
  return [head, service, ...(authority ? [{ role: 'general_manager' } as const] : [])]
}

/** The highest of them. */
export function highestOf(found: readonly { secrecy: SecrecyLevel }[]): SecrecyLevel {
  return levels[Math.max(0, ...found.map(({ secrecy }) => levels.indexOf(secrecy)))]!
}
