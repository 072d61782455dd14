import type { ComplaintState } from '../../../prisma/client/enums.ts'
import { endOfDayAfter, addWorkingDays, type Calendar } from '../../calendar/reckoning.ts'
import { dateText } from '../../lib/dates.ts'
import type { Refusal } from '../../lib/refused.ts'

const day = 86_400_000
/** Nobody plans a measure further ahead: what lies beyond is a slip of the keyboard. */
export const mostDaysAhead = 366

/** CMP-18: due on a day that is still to come, today included. */
export function dueProblems(dueOn: string, today: string): Refusal[] {
  const ahead = (Date.parse(dueOn) - Date.parse(today)) / day
  const refuse = (reason: Refusal['reason'], params = {}): Refusal[] => [
    { rule: 'CMP-18', reason, field: 'dueOn', params },
  ]
  if (ahead < 0) return refuse('measures:refused.past', { today })
  return ahead > mostDaysAhead ? refuse('measures:refused.farAhead', { days: mostDaysAhead }) : []
}

type People = { ownerId: bigint; checkerId: bigint | null; accused: readonly bigint[] }

/** CMP-18: who does it does not verify it; CMP-03: whom the complaint is about does neither. */
export function peopleProblems({ ownerId, checkerId, accused }: People): Refusal[] {
  return [
    ...(ownerId === checkerId
      ? [{ rule: 'CMP-18', reason: 'measures:refused.sameChecker' as const, field: 'checker' }]
      : []),
    ...(accused.includes(ownerId)
      ? [{ rule: 'CMP-03', reason: 'measures:refused.accused' as const, field: 'owner' }]
      : []),
    ...(checkerId !== null && accused.includes(checkerId)
      ? [{ rule: 'CMP-03', reason: 'measures:refused.accused' as const, field: 'checker' }]
      : []),
  ]
}

/** CMP-03: whether one of its people, with something left to do, is whom the complaint is about. */
export function isUnmanned(
  measure: Omit<People, 'accused'> & { verifiedAt: Date | null; complaint: { accused: readonly bigint[] } },
) {
  const { ownerId, checkerId, verifiedAt, complaint } = measure
  const about = (id: bigint | null) => id !== null && complaint.accused.includes(id)
  return about(checkerId) || (verifiedAt === null && about(ownerId))
}

type Doing = {
  ownerId: bigint
  owner: { name: string }
  doneAt: Date | null
  complaint: { accused: readonly bigint[] }
}

/** CMP-18: who has done it stays its owner, and so never comes to verify it; whom it is about does neither (CMP-03). */
export function doneProblems({ ownerId, owner, doneAt, complaint }: Doing, wanted: bigint): Refusal[] {
  if (doneAt === null || wanted === ownerId || complaint.accused.includes(ownerId)) return []
  return [{ rule: 'CMP-18', reason: 'measures:refused.doneByOwner', field: 'owner', params: { name: owner.name } }]
}

const judged: readonly ComplaintState[] = [
  'investigating',
  'proposing',
  'approving',
  'telling',
  'asking',
  'improving',
  'closed',
]

/** CMP-18: measures follow from what was found to hold. */
export const takesMeasures = ({ state, founded }: { state: ComplaintState; founded: boolean | null }): boolean =>
  founded !== false && judged.includes(state)

export function proposalProblems(complaint: { state: ComplaintState; founded: boolean | null }): Refusal[] {
  return takesMeasures(complaint) ? [] : [{ rule: 'CMP-18', reason: 'measures:refused.notFounded' }]
}

/** The day from which the effect may be judged: so many days after the verification, that day not counted. */
export const effectOn = (verifiedAt: Date, days: number): string =>
  dateText(new Date(endOfDayAfter(verifiedAt, days).getTime() - 1))

/** CMP-18: an effect takes its days; judged sooner it would be a guess. */
export function effectProblems(verifiedAt: Date, days: number, now: Date): Refusal[] {
  const on = effectOn(verifiedAt, days)
  return dateText(now) >= on ? [] : [{ rule: 'CMP-18', reason: 'measures:refused.tooSoon', params: { on, days } }]
}

/** When the effect must have been judged: from its day on there are as many working days as for a verification. */
export function effectDue(calendar: Calendar, verifiedAt: Date, days: number, workingDays: number): Date {
  return addWorkingDays(calendar, endOfDayAfter(verifiedAt, days - 1), workingDays)
}
