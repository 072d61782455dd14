import { appointmentRoutes } from './appointments/routes.ts'
import { authorityRoutes } from './authorities/routes.ts'
import { changingRoutes } from './changing/routes.ts'
import { assessmentRoutes } from './assessment/routes.ts'
import { decisionRoutes } from './deciding/routes.ts'
import { dayRoutes } from './day/routes.ts'
import { visitListRoutes } from './list/routes.ts'
import { visitPageRoutes } from './page/routes.ts'
import { planRoutes } from './plans/routes.ts'
import { spendingRoutes } from './spendings/routes.ts'
import { questionRoutes } from './questions/routes.ts'
import { reportListRoutes, reportRoutes } from './reports/routes.ts'
import { templateRoutes } from './templates/routes.ts'
import { unplannedRoutes } from './unplanned/routes.ts'
import type { Route } from '../web/route.ts'

/** Addresses with a word of their own before those with a number. */
export const visitRoutes: Route[] = [
  ...visitListRoutes,
  ...assessmentRoutes,
  ...dayRoutes,
  ...decisionRoutes,
  ...unplannedRoutes,
  ...appointmentRoutes,
  ...changingRoutes,
  ...spendingRoutes,
  ...authorityRoutes,
  ...reportListRoutes,
  ...questionRoutes,
  ...planRoutes,
  ...templateRoutes,
  ...visitPageRoutes,
  ...reportRoutes,
]
