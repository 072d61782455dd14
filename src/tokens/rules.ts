import type { ApiScope } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import type { Act } from '../access/table.ts'
import type { Refusal } from '../lib/refused.ts'

/** What each scope opens: a person gives a token no more than they may do themselves (PPL-01). */
export const scopeActs = {
  shipments_write: ['ledger.record', 'releases.ship'],
  receipts_write: ['ledger.record'],
  releases_write: ['credit.request'],
  credit_read: ['credit.view', 'releases.view'],
} as const satisfies Record<ApiScope, readonly Act[]>

export const scopes = Object.keys(scopeActs) as ApiScope[]

export const mayGive = (actor: Actor, scope: ApiScope): boolean => scopeActs[scope].some((act) => mayEver(actor, act))
export const scopesOf = (actor: Actor): ApiScope[] => scopes.filter((scope) => mayGive(actor, scope))

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000

type Dates = { until: string; today: string; most: number }
/** CRD-18: a token ends; its last day is neither past nor later than the company allows. */
export function untilProblems({ until, today, most }: Dates): Refusal[] {
  const days = daysBetween(today, until)
  if (days >= 0 && days <= most) return []
  const reason = days < 0 ? 'tokens:refused.past' : 'tokens:refused.tooLong'
  return [{ rule: 'CRD-18', reason, field: 'until', params: { most } }]
}

/** CRD-18, PPL-01: at least one scope, and none of what is not this person's to do. */
export function scopeProblems(actor: Actor, wanted: readonly ApiScope[]): Refusal[] {
  if (wanted.length === 0) return [{ rule: 'CRD-18', reason: 'tokens:refused.noScope', field: 'scopes' }]
  if (wanted.every((scope) => mayGive(actor, scope))) return []
  return [{ rule: 'PPL-01', reason: 'tokens:refused.notYours', field: 'scopes' }]
}

type Lasting = { expiresAt: Date; revokedAt: Date | null }
export type TokenState = 'active' | 'expired' | 'revoked'
export function stateOf({ expiresAt, revokedAt }: Lasting, now: Date): TokenState {
  if (revokedAt) return 'revoked'
  return expiresAt > now ? 'active' : 'expired'
}
