import { page } from '../web/route.ts'
import { accessPage } from './pages.ts'
import { permit } from './policy.ts'

export const accessRoutes = [
  page('/access', { allow: permit('access.view'), view: 'access/index', show: ({ actor }) => accessPage(actor) }),
]
