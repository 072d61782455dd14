/** CRD-10: what somebody bears it as; the company what nobody else does. */
export const bearing = ['first_signer', 'final_signer', 'owner', 'company'] as const
export type Bearing = (typeof bearing)[number]

type Shares = { first: number; final: number; owner: number }
type People = { first: bigint | null; final: bigint | null; owner: bigint | null }
/** `share` in percent, `amount` in fen. */
export type Borne = { part: Bearing; staffId: bigint | null; share: number; amount: number }

const whole = 100

/**
 * CRD-10, CRD-14: who bears what of what was not paid, in fen: to the last fen all of it, each at most a fen from the exact
 * share. `companys`: of a mode that both have signed the owner's part is the company's, too.
 */
export function borneBy(unpaid: number, shares: Shares, { first, final, owner }: People, companys: boolean): Borne[] {
  const people = [
    { part: 'first_signer' as const, staffId: first, weight: shares.first },
    { part: 'final_signer' as const, staffId: final, weight: shares.final },
    { part: 'owner' as const, staffId: companys ? null : owner, weight: shares.owner },
  ].filter(({ staffId, weight }) => staffId !== null && weight > 0)
  const theirs = people.reduce((sum, { weight }) => sum + weight, 0)
  const all = [...people, { part: 'company' as const, staffId: null, weight: Math.max(0, whole - theirs) }]
  const amounts = spread(
    unpaid,
    all.map(({ weight }) => weight),
  )
  return all
    .map(({ part, staffId, weight }, n) => ({
      part,
      staffId,
      share: Math.round((weight * whole * 100) / Math.max(theirs, whole)) / 100,
      amount: amounts[n]!,
    }))
    .filter(({ amount }) => amount > 0)
}

/** In proportion; the fen that are left over go where most was cut off. Both are whole numbers. */
export function spread(sum: number, weights: readonly number[]): number[] {
  const total = weights.reduce((all, weight) => all + weight, 0)
  const cut = weights.map((weight) => (sum * weight) % total)
  const amounts = weights.map((weight, n) => (sum * weight - cut[n]!) / total)
  const left = sum - amounts.reduce((all, amount) => all + amount, 0)
  const most = [...cut.keys()].sort((a, b) => cut[b]! - cut[a]! || a - b).slice(0, left)
  for (const n of most) amounts[n]!++
  return amounts
}

/** CRD-10: of what went out on the override, in fen: by the bookings, or as the oldest goods first, whichever is less. */
export const unpaidOf = ({ amount, booked, oldest }: { amount: number; booked: number; oldest: number }): number =>
  Math.max(0, Math.min(amount, booked, oldest))
