import { z } from 'zod'
import { backUp, startNightly, watchAge } from '../backups/jobs.ts'
import { forgetCalendar } from '../calendar/queries.ts'
import { recomputeOpen, sweep } from '../deadlines/jobs.ts'
import { runImport } from '../imports/jobs.ts'
import { now } from '../lib/clock.ts'
import { digest, sendMails } from '../notices/jobs.ts'
import { checkNow, sealNow } from '../sealing/jobs.ts'
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
  'notices.mail': () => sendMails(now()),
  'notices.digest': () => digest(now()),
  'imports.run': runImport,
  'audit.seal': (_payload, _tell, stopped) => sealNow(stopped),
  'audit.verify': checkNow,
  'backup.nightly': () => startNightly(),
  'backup.take': (_payload, tell, stopped) => backUp(tell, stopped),
  'backup.watch': () => watchAge(now()),
  housekeeping: () => tidy(now()),
}
