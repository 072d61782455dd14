import type { Actor } from '../access/actor.ts'
import { mayEver, permit } from '../access/policy.ts'
import { page } from '../web/route.ts'
import { firstStepsPage, homePage } from './pages.ts'
import { customerCounts, firstSteps, openImportsOf, recentCustomers } from './queries.ts'

export const homeRoutes = [
  page('/', {
    allow: permit('self.use'),
    view: 'home/index',
    show: async ({ actor, now }) => {
      if (actor.settingUp && mayEver(actor, 'company.manage')) return firstStepsPage(actor, await firstSteps(actor))
      return homePage(actor, await work(actor, now))
    },
  }),
]

async function work(actor: Actor, now: Date) {
  const seesCustomers = mayEver(actor, 'customers.view')
  const [imports, counts, recent] = await Promise.all([
    mayEver(actor, 'imports.view') ? openImportsOf(actor, now) : [],
    seesCustomers ? customerCounts(actor) : null,
    seesCustomers ? recentCustomers(actor) : [],
  ])
  return { imports, counts, recent }
}
