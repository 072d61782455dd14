import type { ContactWay, TaskState, VisitState } from '../../prisma/client/enums.ts'
import { dayStart } from '../lib/dates.ts'
import type { Refusal } from '../lib/refused.ts'

/** A promise is one sentence, as the task that it becomes. */
export const longestPromise = 100

export const standings = ['open', 'overdue', 'kept', 'kept_late', 'withdrawn'] as const
/** VIS-07: how a promise stands: what was kept after its day was kept late. */
export type Standing = (typeof standings)[number]

/** `breachedAt`: a due moment that was missed, also one that was put off afterwards. */
export type Followed = { state: TaskState; dueAt: Date; endedAt: Date | null; breachedAt: Date | null }

/** VIS-07: kept in time is what was done by the moment its task was due; a missed day is not made up for by another. */
export function standingOf({ state, dueAt, endedAt, breachedAt }: Followed, now: Date): Standing {
  if (state === 'withdrawn') return 'withdrawn'
  if (state === 'open') return now > dueAt ? 'overdue' : 'open'
  return breachedAt !== null || (endedAt !== null && endedAt > dueAt) ? 'kept_late' : 'kept'
}

const of =
  (refusal: Pick<Refusal, 'params'>) =>
  (reason: Refusal['reason'], field: string): Refusal => ({ rule: 'VIS-07', reason, field, ...refusal })

/** VIS-07: nobody promises tomorrow what is written down today; nor something for a day before it was promised. */
export function promiseProblems(
  { promisedOn, dueOn }: { promisedOn: string; dueOn: string },
  today: string,
): Refusal[] {
  const refuse = of({ params: { today } })
  if (promisedOn > today) return [refuse('promises:refused.future', 'promisedOn')]
  return dueOn < promisedOn ? [refuse('promises:refused.dueBefore', 'dueOn')] : []
}

/** When, by which way and whom one told, and what was said. */
export type Telling = {
  toldAt: Date | null
  toldWay: ContactWay | null
  toldWhom: string | null
  toldWords: string | null
}
export type Told = { [K in keyof Telling]: NonNullable<Telling[K]> }

/** Whether the customer was told, as the form has it: wholly. */
export const isTold = (telling: Telling): telling is Told => Object.values(telling).every((value) => value !== null)

/**
 * VIS-07: a promise is withdrawn only with the customer told; of one that was kept the customer may be told. What is told
 * is told wholly, and neither tomorrow nor before the promise.
 */
export function tellingProblems(
  telling: Telling,
  { ending, promisedOn, now }: { ending: 'done' | 'withdrawn'; promisedOn: string; now: Date },
): Refusal[] {
  const refuse = of({})
  const names = ['toldAt', 'toldWay', 'toldWhom', 'toldWords'] as const
  const missing = names.filter((name) => telling[name] === null)
  if (missing.length > 0) {
    if (ending === 'done' && missing.length === names.length) return []
    const why = ending === 'done' ? 'promises:refused.halfTold' : 'promises:refused.notTold'
    // Said once: of the others only that they are needed, too.
    return missing.map((name, at) => refuse(at === 0 ? why : 'promises:refused.alsoNeeded', name))
  }
  if (telling.toldAt! > now) return [refuse('promises:refused.toldAhead', 'toldAt')]
  return telling.toldAt! < dayStart(promisedOn) ? [refuse('promises:refused.toldBefore', 'toldAt')] : []
}

/** VIS-07: on a visit one promises from when it begins; of one that was not made nothing. */
export const mayPromise = ({ state, startsAt }: { state: VisitState; startsAt: Date }, now: Date): boolean =>
  state === 'done' || state === 'reported' || (state === 'approved' && startsAt <= now)
