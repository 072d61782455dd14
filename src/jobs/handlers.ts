import { z } from 'zod'
import { remindOfEnding } from '../acknowledgements/jobs.ts'
import { remindOfAgreements } from '../agreements/jobs.ts'
import { tendRequests } from '../approvals/jobs.ts'
import { backUp, startNightly, watchAge } from '../backups/jobs.ts'
import { forgetCalendar } from '../calendar/queries.ts'
import { endUsedUp } from '../complaints/pauses/jobs.ts'
import { remindOfMonth } from '../complaints/month/jobs.ts'
import { startMonthClocks } from '../contact-records/month/jobs.ts'
import { callGuarantees } from '../credit/guarantees/jobs.ts'
import { settleMonth } from '../credit/liabilities/jobs.ts'
import { weighOverdue } from '../credit/overrides/jobs.ts'
import { recomputeOpen, sweep } from '../deadlines/jobs.ts'
import { sweepStore } from '../files/sweeping.ts'
import { runImport } from '../imports/jobs.ts'
import { machineNow, now } from '../lib/clock.ts'
import { remindOfLoans } from '../loans/jobs.ts'
import { digest, sendMails } from '../notices/jobs.ts'
import { checkNow, sealNow } from '../sealing/jobs.ts'
import { warnOfUnconfirmed } from '../visits/appointments/jobs.ts'
import { startDueReports } from '../visits/reports/jobs.ts'
import { startPlanClocks } from '../visits/plans/jobs.ts'
import type { Handler } from './handler.ts'
import { tidy } from './housekeeping.ts'
import type { JobName } from './schedule.ts'

const recomputing = z.object({ from: z.iso.date() })

/**
 * What each job does. Whether something is due it asks the product's clock, which the demo may move; when it runs, the
 * real one (timetable.ts).
 */
export const handlers: Record<JobName, Handler> = {
  'deadlines.sweep': (_payload, _tell, stopped) => sweep(now(), stopped),
  'deadlines.recompute': (payload, tell, stopped) => {
    // The days were entered a moment ago, perhaps by another process.
    forgetCalendar()
    return recomputeOpen(recomputing.parse(payload).from, now(), tell, stopped)
  },
  'complaints.resume': (_payload, _tell, stopped) => endUsedUp(now(), stopped),
  'approvals.tend': (_payload, _tell, stopped) => tendRequests(now(), stopped),
  'notices.mail': () => sendMails(now()),
  'notices.digest': () => digest(now()),
  'loans.remind': () => remindOfLoans(now()),
  'imports.run': runImport,
  'audit.seal': (_payload, _tell, stopped) => sealNow(stopped),
  'audit.verify': checkNow,
  'backup.nightly': () => startNightly(),
  'backup.take': (_payload, tell, stopped) => backUp(tell, stopped),
  'backup.watch': () => watchAge(now()),
  // How old a file on a disk is, the machine's clock alone tells.
  'files.sweep': (_payload, _tell, stopped) => sweepStore(machineNow(), stopped),
  'acknowledgements.remind': () => remindOfEnding(now()),
  'agreements.remind': () => remindOfAgreements(now()),
  'visits.plans': () => startPlanClocks(now()),
  'relations.month': () => startMonthClocks(now()),
  'complaints.month': () => remindOfMonth(now()),
  'credit.day': async () => ({ ...(await weighOverdue(now())), ...(await callGuarantees(now())) }),
  'credit.month_end': () => settleMonth(now()),
  'visits.unconfirmed': () => warnOfUnconfirmed(now()),
  'visits.reports': (_payload, _tell, stopped) => startDueReports(now(), stopped),
  housekeeping: () => tidy(now()),
}
