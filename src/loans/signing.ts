import type { SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Place, Signature } from '../approvals/contract.ts'
import { signaturesFor } from '../archive/signing.ts'
import type { Regulation } from '../regulations/in-force.ts'

/**
 * ARC-09, wish 11: who signs, in order. A loan although something is overdue takes one signature more: the customer
 * service manager's, and the general manager's where that one signs anyway.
 */
export function signersFor(
  regulation: Regulation,
  level: SecrecyLevel,
  applicant: Place,
  exceptional: boolean,
): Signature[] {
  const usual = signaturesFor(regulation, level, applicant)
  const signs = (role: Signature['role']) => usual.some((one) => one.role === role)
  if (!exceptional || signs('general_manager')) return usual
  return [...usual, { role: signs('cs_manager') ? 'general_manager' : 'cs_manager' }]
}

/** What an application rests on: the items and their levels; a level raised meanwhile asks for other signatures. */
export const basisOf = (items: readonly { id: bigint; secrecy: SecrecyLevel }[]): string =>
  items
    .map(({ id, secrecy }) => `${id} ${secrecy}`)
    .toSorted()
    .join()

type Step = { role: Signature['role'] | null; insteadOf: Signature['role'] | null; state: string }

/** Whether what was signed is enough for an item that has this level by now. */
export function isSignedFor(
  steps: readonly Step[],
  regulation: Regulation,
  level: SecrecyLevel,
  applicant: Place,
  exceptional: boolean,
): boolean {
  const signed = new Set(
    steps.flatMap(({ role, insteadOf, state }) => (state === 'approved' ? [insteadOf ?? role] : [])),
  )
  return signersFor(regulation, level, applicant, exceptional).every(({ role }) => signed.has(role))
}
