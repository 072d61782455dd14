import type { Actor } from '../access/actor.ts'
import { mayEver, permit } from '../access/policy.ts'
import { openAlerts } from '../alerts/queries.ts'
import { oldBackup } from '../backups/queries.ts'
import { calendarAt } from '../calendar/queries.ts'
import { complaintsAtHome } from '../complaints/home.ts'
import { measuresAtHome } from '../complaints/measures/home.ts'
import { creditAtHome } from '../credit/around/home.ts'
import { promisesAtHome } from '../promises/home.ts'
import { visitsAtHome } from '../visits/around/home.ts'
import { loansAtHome } from '../loans/home.ts'
import { myTasks } from '../tasks/list.ts'
import { toApprove } from './approving.ts'
import { toVerify } from '../verifications/queries.ts'
import { transfersToSign } from '../transfers/list.ts'
import { toReview } from '../viewings/home.ts'
import { page } from '../web/route.ts'
import { firstStepsPage, homePage, incompleteFilesPage } from './pages.ts'
import { dueCustomers } from '../coverage/queries.ts'
import { monthOf } from '../lib/months.ts'
import { inParallel } from '../lib/parallel.ts'
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
  return inParallel({
    approving: toApprove(actor, now),
    incomplete: mayEver(actor, 'customers.create') ? incompleteOf(actor) : [],
    imports: mayEver(actor, 'imports.view') ? openImportsOf(actor, now) : [],
    counts: seesCustomers ? customerCounts(actor) : null,
    recent: seesCustomers ? recentCustomers(actor) : [],
    tasks: mayEver(actor, 'tasks.view') ? myTasks(actor) : null,
    verifying: mayEver(actor, 'customers.verify') ? toVerify(actor, now) : null,
    backup: mayEver(actor, 'backups.run') ? oldBackup(now) : null,
    alerts: mayEver(actor, 'alerts.settle') ? openAlerts(actor, mostCounted) : null,
    loans: mayEver(actor, 'loans.ask') ? loansAtHome(actor, now) : null,
    reviewing: mayEver(actor, 'viewings.review') ? toReview(actor) : null,
    complaints: complaintsAtHome(actor),
    measures: measuresAtHome(actor, now),
    visits: visitsAtHome(actor, now),
    credit: creditAtHome(actor, now),
    due: mayEver(actor, 'visits.plan') ? dueCustomers(actor, monthOf(now), mostCounted + 1, now) : [],
    promises: mayEver(actor, 'tasks.view') ? promisesAtHome(actor, now) : null,
    transfers: mayEver(actor, 'archive.view') ? transfersToSign(actor) : null,
  })
}
