import type { Refusal } from '../../lib/refused.ts'
import { isOpen } from '../states.ts'
import type { ReceiptOf, ShipmentOf } from './queries.ts'
import { purposeProblems } from './rules.ts'

/** What stands against a counter-entry, or another allocation, whatever is typed. */
export function counterGuard({ counterOfId, net }: ShipmentOf | ReceiptOf): Refusal[] {
  if (counterOfId !== null) return [{ rule: 'CRD-16', reason: 'credit:refused.counterOfCounter' }]
  return net.isZero() ? [{ rule: 'CRD-16', reason: 'ledger:refused.nothingLeft' }] : []
}

export const reservedGuard = ({ release }: ReceiptOf): Refusal[] =>
  release && isOpen(release.state)
    ? [{ rule: 'CRD-09', reason: 'ledger:refused.reserved', params: { release: release.number } }]
    : []

export const purposeGuard = ({ release }: ReceiptOf): Refusal[] => purposeProblems(release)
