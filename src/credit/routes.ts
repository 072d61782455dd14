import type { Route } from '../web/route.ts'
import { figureRoutes } from './explaining/routes.ts'
import { contractRoutes } from './contracts/routes.ts'
import { ageingRoutes } from './ageing/routes.ts'
import { guaranteeRoutes } from './guarantees/routes.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { liabilityRoutes } from './liabilities/routes.ts'
import { overviewRoutes } from './overview/routes.ts'
import { overrideRoutes } from './overrides/routes.ts'
import { planRoutes } from './plans/routes.ts'
import { releaseRoutes } from './releases/routes.ts'
import { shippingRoutes } from './shipping/routes.ts'
import { termsRoutes } from './terms/routes.ts'

/** Addresses with a word of their own before those with a number. */
export const creditRoutes: Route[] = [
  ...ageingRoutes,
  ...planRoutes,
  ...ledgerRoutes,
  ...contractRoutes,
  ...overviewRoutes,
  ...figureRoutes,
  ...liabilityRoutes,
  ...shippingRoutes,
  ...overrideRoutes,
  ...guaranteeRoutes,
  ...termsRoutes,
  ...releaseRoutes,
]
