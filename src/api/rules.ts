import type { Refusal } from '../lib/refused.ts'

/** CRD-13: a release is its own customer's; whoever names another one is about to ship to the wrong door. */
export function releaseCustomerProblems(
  release: { number: string; customer: { number: string } },
  customer: string | null,
): Refusal[] {
  if (customer === null || customer.toUpperCase() === release.customer.number) return []
  const params = { release: release.number, customer }
  return [{ rule: 'CRD-13', reason: 'api:refused.otherCustomer', field: 'customer', params }]
}
