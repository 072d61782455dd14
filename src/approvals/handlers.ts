import { roleGrant } from '../staff/approval.ts'
import { customerAssignment } from '../assignments/approval.ts'
import { customerConfirmation } from '../confirmations/approval.ts'
import { keyFieldsChange } from '../customers/approval.ts'
import { regulationChange } from '../regulations/changes/approval.ts'
import type { Handler } from './contract.ts'
import type { ApprovalKind } from './kinds.ts'

/** What each kind of approval does; the only place that knows the features behind them. */
export const handlers: Record<ApprovalKind, Handler> = {
  'customer.confirmation': customerConfirmation,
  'customer.key_fields': keyFieldsChange,
  'customer.assignment': customerAssignment,
  'regulation.change': regulationChange,
  'role.grant': roleGrant,
}
