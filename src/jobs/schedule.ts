/** By the company's wall clock: every so many minutes of the hour, or at these times of the day. */
export type Schedule = { every: number } | { at: readonly string[]; onWorkingDays?: true }

export type JobPlan = {
  schedule?: Schedule
  /** After as many failures, with longer and longer rests between, it is given up until somebody runs it again. */
  attempts: number
  /** May take minutes: never has all of a process's hands, so that the short ones stay on time. */
  long?: true
}

/** Every job there is; handlers.ts says what each does. Data alone, for whoever asks for a job (queue.ts). */
export const plans = {
  'deadlines.sweep': { schedule: { every: 1 }, attempts: 3 },
  'deadlines.recompute': { attempts: 10, long: true },
  'complaints.resume': { schedule: { every: 1 }, attempts: 3 },
  'approvals.tend': { schedule: { every: 10 }, attempts: 3 },
  'notices.mail': { schedule: { every: 1 }, attempts: 3 },
  'notices.digest': { schedule: { at: ['09:00', '14:00'], onWorkingDays: true }, attempts: 5 },
  'loans.remind': { schedule: { at: ['08:30'], onWorkingDays: true }, attempts: 5 },
  'imports.run': { attempts: 25, long: true },
  'audit.seal': { schedule: { every: 5 }, attempts: 3 },
  'audit.verify': { schedule: { at: ['03:20'] }, attempts: 5, long: true },
  // In two steps: what the timetable starts cannot be told to leave hands free.
  'backup.nightly': { schedule: { at: ['02:00'] }, attempts: 3 },
  'backup.take': { attempts: 3, long: true },
  'backup.watch': { schedule: { every: 60 }, attempts: 3 },
  'files.sweep': { schedule: { at: ['04:10'] }, attempts: 3, long: true },
  'acknowledgements.remind': { schedule: { at: ['08:40'] }, attempts: 5 },
  'agreements.remind': { schedule: { at: ['08:45'] }, attempts: 5 },
  'visits.plans': { schedule: { at: ['08:20'], onWorkingDays: true }, attempts: 5 },
  'relations.month': { schedule: { at: ['08:25'], onWorkingDays: true }, attempts: 5 },
  'complaints.month': { schedule: { at: ['08:50'], onWorkingDays: true }, attempts: 5 },
  'credit.day': { schedule: { at: ['00:10'] }, attempts: 5 },
  'credit.month_end': { schedule: { at: ['20:00'] }, attempts: 5 },
  'visits.unconfirmed': { schedule: { at: ['16:00'], onWorkingDays: true }, attempts: 5 },
  'visits.reports': { schedule: { every: 10 }, attempts: 3 },
  housekeeping: { schedule: { every: 10 }, attempts: 5 },
} satisfies Record<string, JobPlan>

export type JobName = keyof typeof plans

export const jobNames = Object.keys(plans) as JobName[]

export const planOf = (job: JobName): JobPlan => plans[job]

export const isJob = (name: string): name is JobName => Object.hasOwn(plans, name)

/** deadlines.sweep → deadlines_sweep: as its words are called. */
export const wordOf = <J extends JobName>(job: J) => job.replace('.', '_') as WordOf<J>
type WordOf<J extends string> = J extends `${infer A}.${infer B}` ? `${A}_${B}` : J
