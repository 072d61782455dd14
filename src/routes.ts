import { accessRoutes } from './access/routes.ts'
import { acknowledgementRoutes } from './acknowledgements/routes.ts'
import { addressRoutes } from './addresses/routes.ts'
import { agreementRoutes } from './agreements/routes.ts'
import { alertRoutes } from './alerts/routes.ts'
import { apiPages } from './api/routes.ts'
import { approvalRoutes } from './approvals/routes.ts'
import { archiveRoutes } from './archive/routes.ts'
import { assignmentRoutes } from './assignments/routes.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { backupRoutes } from './backups/routes.ts'
import { calendarRoutes } from './calendar/routes.ts'
import { clockRoutes } from './clock/routes.ts'
import { complaintRoutes } from './complaints/routes.ts'
import { creditRoutes } from './credit/routes.ts'
import { config } from './config.ts'
import { confirmationRoutes } from './confirmations/routes.ts'
import { contactRecordRoutes } from './contact-records/routes.ts'
import { contactRoutes } from './contacts/routes.ts'
import { copyRoutes } from './copies/routes.ts'
import { coverageRoutes } from './coverage/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { deadlineRoutes } from './deadlines/routes.ts'
import { delegationRoutes } from './delegations/routes.ts'
import { designRoutes, keyRoutes } from './design/routes.ts'
import { designationRoutes } from './designations/routes.ts'
import { disclosureRoutes } from './disclosures/routes.ts'
import { divisionRoutes } from './divisions/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { handoverRoutes } from './handovers/routes.ts'
import { homeRoutes } from './home/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { incidentRoutes } from './incidents/routes.ts'
import { jobRoutes } from './jobs/routes.ts'
import { linkRoutes } from './links/routes.ts'
import { deskRoutes } from './loans/desk-routes.ts'
import { loanRoutes } from './loans/routes.ts'
import { movementRoutes } from './movements/routes.ts'
import { mailboxRoutes, noticeRoutes } from './notices/routes.ts'
import { organisationRoutes } from './organisation/routes.ts'
import { regulationRoutes } from './regulations/routes.ts'
import { savedViewRoutes } from './saved-views/routes.ts'
import { sealingRoutes } from './sealing/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { secondFactorRoutes } from './second-factor/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { ssoRoutes } from './sso/routes.ts'
import { staffRoutes } from './staff/routes.ts'
import { marketNoteRoutes } from './market-notes/routes.ts'
import { promiseRoutes } from './promises/routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { certificateRoutes } from './certificates/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'
import { transferRoutes } from './transfers/routes.ts'
import { unmaskingRoutes } from './unmaskings/routes.ts'
import { verificationRoutes } from './verifications/routes.ts'
import { viewingRoutes } from './viewings/routes.ts'
import { visitRoutes } from './visits/routes.ts'
import { draftRoutes } from './web/drafts.ts'

const pages = [
  ...sessionRoutes,
  ...(config.sso ? ssoRoutes : []),
  ...secondFactorRoutes,
  ...homeRoutes,
  ...approvalRoutes,
  ...searchRoutes,
  ...archiveRoutes,
  // Before what has a number after /complaints.
  ...savedViewRoutes,
  ...complaintRoutes,
  ...creditRoutes,
  ...apiPages,
  ...tokenRoutes,
  ...marketNoteRoutes,
  ...promiseRoutes,
  ...visitRoutes,
  ...contactRecordRoutes,
  ...coverageRoutes,
  ...viewingRoutes,
  ...assignmentRoutes,
  ...confirmationRoutes,
  ...copyRoutes,
  ...designationRoutes,
  ...movementRoutes,
  ...exportRoutes,
  ...customerRoutes,
  ...contactRoutes,
  ...addressRoutes,
  ...linkRoutes,
  ...loanRoutes,
  ...deskRoutes,
  ...attachmentRoutes,
  ...verificationRoutes,
  ...taskRoutes,
  ...transferRoutes,
  ...certificateRoutes,
  ...deadlineRoutes,
  ...delegationRoutes,
  ...divisionRoutes,
  ...unmaskingRoutes,
  ...acknowledgementRoutes,
  ...incidentRoutes,
  ...agreementRoutes,
  ...disclosureRoutes,
  ...importRoutes,
  ...jobRoutes,
  ...backupRoutes,
  ...noticeRoutes,
  ...handoverRoutes,
  ...staffRoutes,
  ...organisationRoutes,
  ...regulationRoutes,
  ...calendarRoutes,
  ...accessRoutes,
  ...alertRoutes,
  ...auditRoutes,
  ...sealingRoutes,
  ...keyRoutes,
  ...(config.env === 'development' ? [...designRoutes, ...mailboxRoutes, ...clockRoutes] : []),
]

/** The site map: every address the product answers. */
export const routes = [...pages, ...draftRoutes(pages)]

/** The addresses for programs, before any session (web/api-mount.ts). */
export { apiDocuments, apiRoutes } from './api/routes.ts'
