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
export type Done = {
  contractSigned: boolean
  /** What the contract comes to; it is asked for where the authority has a sum. */
  contractSum: string | null
  moneyTaken: string | null
}

/** VIS-15: no contract is signed and no money taken without authority, and no more than it says. */
export const doneProblems = (held: readonly Held[], { contractSigned, contractSum, moneyTaken }: Done): Refusal[] => [
  ...contractProblems(held, contractSigned, contractSum),
  ...(moneyTaken === null ? [] : moneyProblems(held, fenOf(moneyTaken))),
]

/** Up to what, in fen, somebody has leave; null without any. */
function mostOf(held: readonly Held[], of: AuthorityKind): number | null {
  const sums = held.filter(({ kind }) => kind === of).map(({ upTo }) => (upTo === null ? Infinity : fenOf(upTo)))
  return sums.length === 0 ? null : Math.max(...sums)
}

const refuse = (reason: Refusal['reason'], field: string, params = {}): Refusal[] => [
  { rule: 'VIS-15', reason, field, params },
]
const yuan = (fen: number) => moneyText(yuanText(fen))

function contractProblems(held: readonly Held[], signed: boolean, sum: string | null): Refusal[] {
  if (!signed) return sum === null ? [] : refuse('visitDecisions:refused.sumUnsigned', 'contractSigned')
  const most = mostOf(held, 'contract')
  if (most === null) return refuse('visitDecisions:refused.noContract', 'contractSigned')
  if (most === Infinity) return []
  if (sum === null) return refuse('visitDecisions:refused.noContractSum', 'contractSum', { most: yuan(most) })
  if (fenOf(sum) <= most) return []
  return refuse('visitDecisions:refused.overContract', 'contractSum', { amount: moneyText(sum), most: yuan(most) })
}

function moneyProblems(held: readonly Held[], fen: number): Refusal[] {
  const most = mostOf(held, 'money')
  if (fen <= (most ?? 0)) return []
  const params = { amount: yuan(fen), most: yuan(most ?? 0) }
  return refuse(`visitDecisions:refused.${most === null ? 'noMoney' : 'overAuthority'}`, 'moneyTaken', params)
}
