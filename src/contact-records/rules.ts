import type { ContactRecordWay } from '../../prisma/client/enums.ts'
import { addWorkingDays, endOfDayAfter, type Calendar } from '../calendar/reckoning.ts'
import { dateText } from '../lib/dates.ts'
import type { Refusal } from '../lib/refused.ts'

/** CUS-19: by the close of the n-th working day after it; REL-02: what was heard on a daily round the same day, to 24:00. */
export const recordDue = (calendar: Calendar, { at, way }: { at: Date; way: ContactRecordWay }, days: number): Date =>
  way === 'round' ? endOfDayAfter(at, 0) : addWorkingDays(calendar, at, days)

export type Written = {
  at: Date
  contactId: bigint | null
  person: string | null
  nextStep: string | null
  nextOn: string | null
  formal: boolean
  views: string | null
  business: string | null
  needs: string | null
}

/** What a formal contact asks; of owners also letting, which not everybody does. */
export const formalParts = ['views', 'business', 'needs'] as const

/** CUS-19, REL-02: why this cannot be recorded as it is typed. */
export function recordProblems(record: Written, now: Date): Refusal[] {
  const { at, contactId, person, nextStep, nextOn, formal } = record
  const of =
    (rule: string) =>
    (reason: Refusal['reason'], field: string): Refusal[] => [{ rule, reason, field }]
  return [
    ...(at > now ? of('CUS-19')('contactRecords:refused.future', 'at') : []),
    ...(contactId === null && person === null ? of('CUS-19')('contactRecords:refused.nobody', 'person') : []),
    ...(nextOn !== null && nextStep === null ? of('CUS-19')('contactRecords:refused.noNextStep', 'nextStep') : []),
    ...(nextOn !== null && nextOn < dateText(at) ? of('CUS-19')('contactRecords:refused.nextBefore', 'nextOn') : []),
    ...(formal ? formalParts : [])
      .filter((part) => record[part] === null)
      .flatMap((part) => of('REL-02')(`contactRecords:refused.${part}`, part)),
  ]
}

/** A promise is what is promised, and a day; a row left empty is none. */
export type Row = { n: number; what: string | null; dueOn: string | null }

export const isEmptyRow = ({ what, dueOn }: Row): boolean => what === null && dueOn === null

export function rowProblems(rows: readonly Row[]): Refusal[] {
  return rows
    .filter((row) => !isEmptyRow(row))
    .flatMap(({ n, what, dueOn }): Refusal[] => [
      ...(what === null
        ? [{ rule: 'VIS-07', reason: 'contactRecords:refused.noPromise' as const, field: `promise${n}` }]
        : []),
      ...(dueOn === null
        ? [{ rule: 'VIS-07', reason: 'contactRecords:refused.noPromiseDay' as const, field: `dueOn${n}` }]
        : []),
    ])
}
