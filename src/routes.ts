import { accessRoutes } from './access/routes.ts'
import { addressRoutes } from './addresses/routes.ts'
import { assignmentRoutes } from './assignments/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { backupRoutes } from './backups/routes.ts'
import { calendarRoutes } from './calendar/routes.ts'
import { clockRoutes } from './clock/routes.ts'
import { config } from './config.ts'
import { confirmationRoutes } from './confirmations/routes.ts'
import { contactRoutes } from './contacts/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { deadlineRoutes } from './deadlines/routes.ts'
import { designRoutes, keyRoutes } from './design/routes.ts'
import { divisionRoutes } from './divisions/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { homeRoutes } from './home/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { jobRoutes } from './jobs/routes.ts'
import { linkRoutes } from './links/routes.ts'
import { mailboxRoutes, noticeRoutes } from './notices/routes.ts'
import { organisationRoutes } from './organisation/routes.ts'
import { regulationRoutes } from './regulations/routes.ts'
import { savedViewRoutes } from './saved-views/routes.ts'
import { sealingRoutes } from './sealing/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { staffRoutes } from './staff/routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { unmaskingRoutes } from './unmaskings/routes.ts'
import { verificationRoutes } from './verifications/routes.ts'
import { draftRoutes } from './web/drafts.ts'

const pages = [
  ...sessionRoutes,
  ...homeRoutes,
  ...searchRoutes,
  ...assignmentRoutes,
  ...confirmationRoutes,
  ...exportRoutes,
  ...savedViewRoutes,
  ...customerRoutes,
  ...contactRoutes,
  ...addressRoutes,
  ...linkRoutes,
  ...verificationRoutes,
  ...taskRoutes,
  ...deadlineRoutes,
  ...divisionRoutes,
  ...unmaskingRoutes,
  ...importRoutes,
  ...jobRoutes,
  ...backupRoutes,
  ...noticeRoutes,
  ...staffRoutes,
  ...organisationRoutes,
  ...regulationRoutes,
  ...calendarRoutes,
  ...accessRoutes,
  ...auditRoutes,
  ...sealingRoutes,
  ...keyRoutes,
  ...(config.env === 'development' ? [...designRoutes, ...mailboxRoutes, ...clockRoutes] : []),
]

/** The site map: every address the product answers. */
export const routes = [...pages, ...draftRoutes(pages)]
