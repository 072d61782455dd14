import { accessRoutes } from './access/routes.ts'
import { assignmentRoutes } from './assignments/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { config } from './config.ts'
import { customerRoutes } from './customers/routes.ts'
import { designRoutes, keyRoutes } from './design/routes.ts'
import { homeRoutes } from './home/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { organisationRoutes } from './organisation/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { staffRoutes } from './staff/routes.ts'

/** The site map: every address the product answers. */
export const routes = [
  ...sessionRoutes,
  ...homeRoutes,
  ...searchRoutes,
  ...customerRoutes,
  ...assignmentRoutes,
  ...importRoutes,
  ...staffRoutes,
  ...organisationRoutes,
  ...accessRoutes,
  ...auditRoutes,
  ...keyRoutes,
  ...(config.env === 'development' ? designRoutes : []),
]
