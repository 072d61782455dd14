import type { Actor } from '../access/actor.ts'
import { mayEver, permit } from '../access/policy.ts'
import { oldBackup } from '../backups/queries.ts'
import { calendarAt } from '../calendar/queries.ts'
import { waitingChanges } from '../regulations/changes/queries.ts'
import { myTasks } from '../tasks/list.ts'
import { toVerify } from '../verifications/queries.ts'
import { page } from '../web/route.ts'
import { toConfirm } from './confirming.ts'
import { firstStepsPage, homePage, incompleteFilesPage } from './pages.ts'
import { customerCounts, firstSteps, incompleteOf, openImportsOf, recentCustomers } from './queries.ts'

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
  const [confirming, incomplete, imports, counts, recent, tasks, verifying, changes, backup] = await Promise.all([
    mayEver(actor, 'customers.confirm') ? toConfirm(actor) : null,
    mayEver(actor, 'customers.create') ? incompleteOf(actor) : [],
    mayEver(actor, 'imports.view') ? openImportsOf(actor, now) : [],
    seesCustomers ? customerCounts(actor) : null,
    seesCustomers ? recentCustomers(actor) : [],
    mayEver(actor, 'tasks.view') ? myTasks(actor) : null,
    mayEver(actor, 'customers.verify') ? toVerify(actor, now) : null,
    mayEver(actor, 'regulations.approve') ? waitingChanges(actor) : [],
    mayEver(actor, 'backups.run') ? oldBackup(now) : null,
  ])
  return { confirming, incomplete, imports, counts, recent, tasks, verifying, changes, backup }
}
