import type { Refusal } from '../../lib/refused.ts'
import type { Complaint } from '../queries.ts'

/** How one complaint belongs to another. */
export type Bond = 'repeat' | 'group'

type Linked = Pick<Complaint, 'id' | 'state' | 'receivedAt' | 'groupId' | 'repeatOfId'>

/** CMP-05: what stands against linking a complaint to another one. */
export function bondProblems(one: Linked, other: Linked, bond: Bond): Refusal[] {
  const no = (name: 'itself' | 'void' | 'ended' | 'later' | 'repeatedAlready' | 'otherGroup'): Refusal[] => [
    { rule: 'CMP-05', reason: `intake:refused.${name}`, field: 'other' },
  ]
  if (one.id === other.id) return no('itself')
  if (other.state === 'void') return no('void')
  if (one.state === 'closed' || one.state === 'void') return no('ended')
  if (bond === 'repeat') {
    if (one.repeatOfId !== null) return no('repeatedAlready')
    return isEarlier(other, one) ? [] : no('later')
  }
  const both = one.groupId !== null && other.groupId !== null
  return both && one.groupId !== other.groupId ? no('otherGroup') : []
}

/** Of two received at the same moment the one recorded first. */
const isEarlier = (one: Linked, other: Linked) =>
  one.receivedAt.getTime() - other.receivedAt.getTime() < 0 ||
  (one.receivedAt.getTime() === other.receivedAt.getTime() && one.id < other.id)

type Member = { id: bigint; customerId: bigint | null; phoneDigits: string | null; households: number; state: string }

/**
 * CMP-06: how many households complain of one matter: of one customer, or one phone, the most that any of its complaints
 * speaks for. The same sum as the database makes for the level.
 */
export function householdsOf(members: readonly Member[]): number {
  const most = new Map<string, number>()
  for (const { id, customerId, phoneDigits, households, state } of members) {
    if (state === 'void') continue
    const key = customerId !== null ? `c${customerId}` : phoneDigits !== null ? `p${phoneDigits}` : `i${id}`
    most.set(key, Math.max(most.get(key) ?? 0, households))
  }
  return [...most.values()].reduce((sum, n) => sum + n, 0)
}
