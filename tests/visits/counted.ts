import { at, type Kept, type Made, type Many } from './many.ts'

/** VIS-09 in plain words over what was drawn, without the database: what each figure counts. */
export type Reader = 'head' | 'director' | 'self' | 'region'

const over = ({ startsAt, minutes }: Made) => Date.parse(startsAt) + minutes * 60_000 < at.getTime()
const agreed = ({ state, cancelledReason }: Made) =>
  !['draft', 'waiting', 'refused'].includes(state) && !(state === 'cancelled' && cancelledReason === null)
const made = ({ state }: Made) => state === 'done' || state === 'reported'
const unwritten = ({ state, reportedAt }: Made) => reportedAt === null && (state === 'approved' || state === 'done')

export function countsOf(visits: readonly Made[], promises: readonly Kept[], all: readonly Made[]) {
  const replaced = new Set(all.map(({ replaces }) => replaces))
  const isReplaced = (one: Made) => agreed(one) && replaced.has(one.number)
  const n = (test: (one: Made) => boolean) => visits.filter(test).length
  const p = (test: (one: Kept) => boolean) => promises.filter(test).length
  const passed = (dueOn: string) => Date.parse(`${dueOn}T16:00:00Z`) < at.getTime()
  return {
    planned: n((one) => one.planned && agreed(one)),
    made: n(made),
    madePlanned: n((one) => made(one) && one.planned),
    madeUnplanned: n((one) => made(one) && !one.planned),
    notMade: n(
      (one) =>
        one.planned &&
        agreed(one) &&
        !isReplaced(one) &&
        (one.state === 'cancelled' || (one.state === 'approved' && over(one))),
    ),
    cancelledUnplanned: n(
      (one) => !one.planned && one.state === 'cancelled' && one.cancelledReason !== null && !isReplaced(one),
    ),
    ahead: n((one) => one.planned && one.state === 'approved' && !over(one)),
    replaced: n(isReplaced),
    rescheduled: n((one) => agreed(one) && one.rescheduled > 0),
    inTime: n((one) => one.reportedAt !== null && !one.reportLate),
    late: n((one) => one.reportedAt !== null && one.reportLate),
    missing: n((one) => unwritten(one) && one.reportDueAt !== null && Date.parse(one.reportDueAt) < at.getTime()),
    open: n((one) => unwritten(one) && !(one.reportDueAt !== null && Date.parse(one.reportDueAt) < at.getTime())),
    reached: n((one) => made(one) && one.reached === 'reached'),
    partly: n((one) => made(one) && one.reached === 'partly'),
    notReached: n((one) => made(one) && one.reached === 'not_reached'),
    gifts: n(({ gifts }) => gifts > 0),
    spent: visits.reduce((sum, { spent }) => sum + (spent ?? 0), 0),
    kept: p(({ state, late }) => state === 'done' && !late),
    keptLate: p(({ state, late }) => state === 'done' && late),
    overdue: p(({ state, dueOn }) => state === 'open' && passed(dueOn)),
    toKeep: promises.length,
  }
}

/** By the company's wall clock, which is eight hours ahead all year. */
export const monthOf = ({ startsAt }: Made) => new Date(Date.parse(startsAt) + 8 * 3_600_000).toISOString().slice(0, 7)

export function seenBy(reader: Reader, self: string, { departments, region, people }: Many) {
  const home = (owner: string) => people.find(({ number }) => number === owner)!.departmentId
  const visits: Record<Reader, (one: Made) => boolean> = {
    head: ({ departmentId }) => departmentId === departments.east,
    director: () => true,
    self: ({ owner }) => owner === self,
    region: ({ regionId }) => regionId === region,
  }
  const promises: Record<Reader, (one: Kept) => boolean> = {
    head: ({ owner }) => home(owner) === departments.east,
    director: () => true,
    self: ({ owner }) => owner === self,
    region: () => false,
  }
  return { visit: visits[reader], promise: promises[reader] }
}
