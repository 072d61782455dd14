import { Refused } from '../../lib/refused.ts'

/** ARC-10, ARC-11: a loan is neither passed on nor ended on paper: the item comes back. */
export function refuseLoans(): Promise<bigint[]> {
  return Promise.reject(new Refused([{ rule: 'ARC-10', reason: 'loans:refused.mustReturn' }]))
}
