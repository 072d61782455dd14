import { statementRoutes } from './statements/routes.ts'
import { wayRoutes } from './ways/routes.ts'
import { ratingRoutes } from './ratings/routes.ts'
import { closingRoutes } from './closing/routes.ts'
import { contactRoutes } from './contacts/routes.ts'
import { escalationRoutes } from './escalations/routes.ts'
import { marking } from './hand/marking.ts'
import { assigningRoutes } from './assigning/routes.ts'
import { pauseRoutes } from './pauses/routes.ts'
import { progressRoutes } from './progress/routes.ts'
import { togetherRoutes } from './together/routes.ts'
import { complaintListRoutes } from './list/routes.ts'
import { investigationRoutes } from './investigations/routes.ts'
import { judgingRoutes } from './judging/routes.ts'
import { levelRoutes } from './levels/routes.ts'
import { liabilityRoutes } from './liabilities/routes.ts'
import { monthRoutes } from './month/routes.ts'
import { measureRoutes } from './measures/routes.ts'
import { historyRoutes } from './history/routes.ts'
import { destinationRoutes } from './destinations/routes.ts'
import { groupPageRoutes, groupRoutes } from './groups/routes.ts'
import { correctionRoutes, intakeRoutes } from './intake/routes.ts'
import { pageRoutes } from './page/routes.ts'
import { paperRoutes } from './papers/routes.ts'
import { phoneRoutes } from './phones/routes.ts'
import { crisisRoutes } from './crises/routes.ts'
import { remedyRoutes } from './remedies/routes.ts'

/** Addresses with a word of their own before those with a number. */
export const complaintRoutes = marking([
  ...intakeRoutes,
  ...destinationRoutes,
  ...groupPageRoutes,
  ...complaintListRoutes,
  ...togetherRoutes,
  ...wayRoutes,
  ...ratingRoutes,
  ...liabilityRoutes,
  ...measureRoutes,
  ...monthRoutes,
  ...pageRoutes,
  ...correctionRoutes,
  ...groupRoutes,
  ...remedyRoutes,
  ...crisisRoutes,
  ...paperRoutes,
  ...historyRoutes,
  ...phoneRoutes,
  ...judgingRoutes,
  ...assigningRoutes,
  ...investigationRoutes,
  ...levelRoutes,
  ...statementRoutes,
  ...pauseRoutes,
  ...progressRoutes,
  ...escalationRoutes,
  ...contactRoutes,
  ...closingRoutes,
])
