import type { AuthorityKind } from '../../../prisma/client/enums.ts'
import { dateText } from '../../lib/dates.ts'
import { fenOf, moneyText, yuanText } from '../../lib/money.ts'
import type { Refusal } from '../../lib/refused.ts'
import { endOf } from '../rules.ts'
import type { Visit } from '../queries.ts'

type Timed = Pick<Visit, 'state' | 'startsAt' | 'minutes' | 'leftAt'>

/** VIS-15: before or during the visit: not after it was left, nor on a later day. */
export const isOver = (visit: Timed, now: Date): boolean =>
  visit.state === 'reported' || visit.leftAt !== null || dateText(now) > dateText(endOf(visit))

/** VIS-15: what stands against granting authority for this visit at all. */
export function grantingProblems(visit: Timed, now: Date): Refusal[] {
  const refuse = (reason: Refusal['reason']): Refusal[] => [{ rule: 'VIS-15', reason }]
  if (visit.state === 'reported') return refuse('visitDecisions:refused.authorityOver')
  if (visit.state !== 'approved' && visit.state !== 'done') return refuse('visitDecisions:refused.authorityState')
  return isOver(visit, now) ? refuse('visitDecisions:refused.authorityOver') : []
}

/** `upTo` in yuan, two decimals; null: whatever the sum. */
export type Held = { kind: AuthorityKind; upTo: string | null }
export type Done = { contractSigned: boolean; moneyTaken: string | null }

/** VIS-15: no contract is signed and no money taken without authority, and no more than it says. */
export function doneProblems(held: readonly Held[], { contractSigned, moneyTaken }: Done): Refusal[] {
  const unsigned = contractSigned && !held.some(({ kind }) => kind === 'contract')
  return [
    ...(unsigned
      ? [{ rule: 'VIS-15', reason: 'visitDecisions:refused.noContract' as const, field: 'contractSigned' }]
      : []),
    ...(moneyTaken === null ? [] : moneyProblems(held, fenOf(moneyTaken))),
  ]
}

function moneyProblems(held: readonly Held[], fen: number): Refusal[] {
  if (fen === 0) return []
  const sums = held.filter(({ kind }) => kind === 'money').map(({ upTo }) => (upTo === null ? Infinity : fenOf(upTo)))
  const most = Math.max(0, ...sums)
  if (fen <= most) return []
  const amount = moneyText(yuanText(fen))
  const reason = sums.length === 0 ? 'visitDecisions:refused.noMoney' : 'visitDecisions:refused.overAuthority'
  return [{ rule: 'VIS-15', reason, field: 'moneyTaken', params: { amount, most: moneyText(yuanText(most)) } }]
}
