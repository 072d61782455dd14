import { finalOverride, firstOverride, overdueRelease } from '../credit/overrides/approval.ts'
import { guaranteeApproval } from '../credit/guarantees/approval.ts'
import { cooperationModeApproval, creditTermsApproval } from '../credit/terms/approval.ts'
import { visitPlan } from '../visits/deciding/approval.ts'
import { visitSpending } from '../visits/spendings/approval.ts'
import { roleGrant } from '../staff/approval.ts'
import { customerAssignment } from '../assignments/approval.ts'
import { archiveLevel } from '../archive/items/lowering.ts'
import { measureApproval } from '../complaints/measures/approval.ts'
import { complaintRemedy } from '../complaints/remedies/approval.ts'
import { copyPermitApproval } from '../copies/approval.ts'
import { customerConfirmation } from '../confirmations/approval.ts'
import { loanApplication } from '../loans/approval.ts'
import { archiveDisclosure } from '../disclosures/approval.ts'
import { keyFieldsChange } from '../customers/approval.ts'
import { regulationChange } from '../regulations/changes/approval.ts'
import { archiveViewing } from '../viewings/approval.ts'
import { lateTransfer } from '../transfers/approval.ts'
import { complaintReport } from '../complaints/investigations/approval.ts'
import { complaintAcceptance } from '../complaints/judging/approval.ts'
import type { Handler } from './contract.ts'
import type { ApprovalKind } from './kinds.ts'

/** What each kind of approval does; the only place that knows the features behind them. */
export const handlers: Record<ApprovalKind, Handler> = {
  'customer.confirmation': customerConfirmation,
  'customer.key_fields': keyFieldsChange,
  'customer.assignment': customerAssignment,
  'archive.loan': loanApplication,
  'regulation.change': regulationChange,
  'role.grant': roleGrant,
  'archive.transfer': lateTransfer,
  'archive.level': archiveLevel,
  'archive.copy': copyPermitApproval,
  'archive.disclosure': archiveDisclosure,
  'archive.viewing': archiveViewing,
  'complaint.measures': measureApproval,
  'complaint.acceptance': complaintAcceptance,
  'complaint.report': complaintReport,
  'complaint.remedy': complaintRemedy,
  'credit.first_override': firstOverride,
  'credit.final_override': finalOverride,
  'credit.overdue': overdueRelease,
  'credit.guarantee': guaranteeApproval,
  'credit.terms': creditTermsApproval,
  'credit.mode': cooperationModeApproval,
  'visit.plan': visitPlan,
  'visit.spending': visitSpending,
}
