import type { Handler } from './contract.ts'
import type { ApprovalKind } from './kinds.ts'

const unwired: Handler = {
  basis: () => Promise.resolve(null),
  approve: () => Promise.reject(new Error('not wired')),
  card: () => Promise.reject(new Error('not wired')),
}

/** What each kind of approval does; the only place that knows the features behind them. */
export const handlers: Record<ApprovalKind, Handler> = {
  'customer.confirmation': unwired,
  'customer.key_fields': unwired,
  'customer.assignment': unwired,
  'regulation.change': unwired,
  'role.grant': unwired,
}
