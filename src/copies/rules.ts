import type { CopyState, CopyWay, ItemState, SecrecyLevel } from '../../prisma/client/enums.ts'
import { isImportant, levels } from '../archive/levels.ts'
import type { Refusal } from '../lib/refused.ts'

export const mostItems = 20
export const mostCopies = 20
const day = 86_400_000

type Asked = {
  number: string
  known: boolean
  customerId: bigint
  state: ItemState
  secrecy: SecrecyLevel
  important: boolean
}

/** ARC-13: what can be asked for in one permit: important items of one customer that are there and that one knows of. */
export function itemProblems(items: readonly Asked[]): Refusal[] {
  const refuse = (reason: Refusal['reason'], number = ''): Refusal => ({
    rule: 'ARC-13',
    reason,
    field: 'item',
    params: { number },
  })
  const problems = items.flatMap((item) => {
    if (!item.known) return [refuse('copies:refused.unknown', item.number)]
    if (item.state !== 'in_place') return [refuse('copies:refused.notThere', item.number)]
    return isImportant(item) ? [] : [refuse('copies:refused.notImportant', item.number)]
  })
  const customers = new Set(items.map(({ customerId }) => customerId))
  return customers.size > 1 ? [...problems, refuse('copies:refused.oneCustomer')] : problems
}

/** ARC-13: the day the copies come back, at most so many days ahead. */
export function dueProblems(dueOn: string, today: string, most: number): Refusal[] {
  const ahead = (Date.parse(dueOn) - Date.parse(today)) / day
  if (ahead < 0) return [{ rule: 'ARC-13', reason: 'copies:refused.duePast', field: 'dueOn', params: { today } }]
  if (ahead <= most) return []
  return [{ rule: 'ARC-13', reason: 'copies:refused.dueFar', field: 'dueOn', params: { days: most } }]
}

type Permit = { state: string; dueOn: string }
type Permitted = { number: string; permitted: number; made: number; secrecy: SecrecyLevel }

/** ARC-13: what stands against making so many copies of an item by this permit now. */
export function makingProblems(
  permit: Permit,
  line: Permitted,
  item: { state: ItemState; secrecy: SecrecyLevel },
  wanted: number,
  today: string,
): Refusal[] {
  const refuse = (reason: Refusal['reason'], params: Refusal['params'] = {}): Refusal[] => [
    { rule: 'ARC-13', reason, field: 'n', params: { number: line.number, ...params } },
  ]
  if (permit.state !== 'approved') return refuse('copies:refused.notApproved')
  if (permit.dueOn < today) return refuse('copies:refused.permitOver', { day: permit.dueOn })
  if (item.state !== 'in_place') return refuse('copies:refused.notThere')
  if (levels.indexOf(item.secrecy) > levels.indexOf(line.secrecy)) return refuse('copies:refused.raised')
  const left = line.permitted - line.made
  return wanted > left ? refuse('copies:refused.usedUp', { left: Math.max(0, left) }) : []
}

/** ARC-13: these two leave the house as files; the others on paper. */
export const isElectronic = (way: CopyWay): boolean => way === 'print' || way === 'download'

export type Tracked = 'overdue' | 'soon' | 'out' | 'returned' | 'destroyed' | 'lost'

/** Overdue is reckoned, never stored; due soon is what comes back today or tomorrow. */
export function trackedAs(copy: { state: CopyState; dueAt: Date }, now: Date): Tracked {
  if (copy.state !== 'out') return copy.state
  if (copy.dueAt <= now) return 'overdue'
  return copy.dueAt.getTime() - now.getTime() <= 2 * day ? 'soon' : 'out'
}

/** ARC-13: who destroys and who witnesses are two people. */
export function witnessProblems(actorId: bigint, witnessId: bigint | null): Refusal[] {
  const refuse = (reason: Refusal['reason']): Refusal[] => [{ rule: 'ARC-13', reason, field: 'witness' }]
  if (witnessId === null) return refuse('copies:refused.witnessUnknown')
  return witnessId === actorId ? refuse('copies:refused.witnessSelf') : []
}
