import type { Actor } from '../access/actor.ts'
import { mayEver, permit } from '../access/policy.ts'
import { openAlerts } from '../alerts/queries.ts'
import { oldBackup } from '../backups/queries.ts'
import { calendarAt } from '../calendar/queries.ts'
import { myTasks } from '../tasks/list.ts'
import { toApprove } from './approving.ts'
import { toVerify } from '../verifications/queries.ts'
import { page } from '../web/route.ts'
import { firstStepsPage, homePage, incompleteFilesPage } from './pages.ts'
import { customerCounts, firstSteps, incompleteOf, openImportsOf, mostCounted, recentCustomers } from './queries.ts'

export const homeRoutes = [
  page('/', {
    allow: permit('self.use'),
    view: 'home/index',
    show: async ({ actor, now }) => {
      if (actor.settingUp && mayEver(actor, 'company.manage')) return firstStepsPage(actor, await firstSteps(actor))
      return homePage(actor, await work(actor, now), now, await calendarAt(now))
    },
  }),
  page('/incomplete-files', {
    allow: permit('customers.create'),
    view: 'home/incomplete-files',
    show: async ({ actor }) => incompleteFilesPage(actor, await incompleteOf(actor)),
  }),
]

async function work(actor: Actor, now: Date) {
  const seesCustomers = mayEver(actor, 'customers.view')
  const [approving, incomplete, imports, counts, recent, tasks, verifying, backup, alerts] = await Promise.all([
    toApprove(actor, now),
    mayEver(actor, 'customers.create') ? incompleteOf(actor) : [],
    mayEver(actor, 'imports.view') ? openImportsOf(actor, now) : [],
    seesCustomers ? customerCounts(actor) : null,
    seesCustomers ? recentCustomers(actor) : [],
    mayEver(actor, 'tasks.view') ? myTasks(actor) : null,
    mayEver(actor, 'customers.verify') ? toVerify(actor, now) : null,
    mayEver(actor, 'backups.run') ? oldBackup(now) : null,
    mayEver(actor, 'alerts.settle') ? openAlerts(actor, mostCounted) : null,
  ])
  return { approving, incomplete, imports, counts, recent, tasks, verifying, backup, alerts }
}
