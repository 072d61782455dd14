import { contentRoutes } from './contents/routes.ts'
import { fileRoutes } from './files/routes.ts'
import { itemRoutes } from './items/routes.ts'
import { labelRoutes } from './labels/routes.ts'
import { listRoutes } from './list/routes.ts'
import { roomRoutes } from './rooms/routes.ts'
import { scanRoutes } from './scan/routes.ts'

export const archiveRoutes = [
  ...roomRoutes,
  ...fileRoutes,
  ...itemRoutes,
  ...contentRoutes,
  ...listRoutes,
  ...labelRoutes,
  ...scanRoutes,
]
