import type { Role } from '../../prisma/client/enums.ts'
import { kindNames, kindOf, seniors, type ApprovalKind } from '../approvals/kinds.ts'
import { dayStart } from '../lib/dates.ts'
import type { Refusal } from '../lib/refused.ts'
import { separationProblems } from '../staff/rules.ts'

/** Days as people name them, the last one included. */
export type Period = { fromOn: string; untilOn: string }
/** As the database keeps it: `endsAt` is not included. */
export type Span = { startsAt: Date; endsAt: Date }

const day = 24 * 3_600_000
/** Nobody plans an absence further ahead: what lies beyond is a slip of the keyboard. */
const mostDaysAhead = 366

/** A role that signs the kind: its step's, one that stands in for it, or the senior of a late one (APR-05). */
export function signingRoles(kind: ApprovalKind): Role[] {
  const own = kindOf(kind).steps.flatMap(({ role, instead, beside }) => [role, ...instead, ...(beside ? [beside] : [])])
  return [...new Set([...own, ...own.flatMap((role) => seniors[role] ?? [])])]
}

/** The kinds that somebody with these roles can ever decide, which alone can be handed to another. */
export function kindsSigned(roles: readonly Role[]): ApprovalKind[] {
  return kindNames.filter((kind) => signingRoles(kind).some((role) => roles.includes(role)))
}

/** APR-04: a period that lies ahead, in order, and no longer than the company allows. */
export function periodProblems({ fromOn, untilOn }: Period, today: string, most: number): Refusal[] {
  const refuse = (reason: Refusal['reason'], field: string, params: Refusal['params'] = {}): Refusal[] => [
    { rule: 'APR-04', reason, field, params },
  ]
  const [from, until] = [Date.parse(fromOn), Date.parse(untilOn)]
  if (from < Date.parse(today)) return refuse('delegations:refused.past', 'fromOn', { today })
  if ((from - Date.parse(today)) / day > mostDaysAhead) return refuse('delegations:refused.farAhead', 'fromOn')
  if (until < from) return refuse('delegations:refused.order', 'untilOn')
  const days = (until - from) / day + 1
  return days > most ? refuse('delegations:refused.tooLong', 'untilOn', { days, most }) : []
}

/** From the start of the first day, or at once where that is today, to the end of the last. */
export function spanOf({ fromOn, untilOn }: Period, now: Date): Span {
  const start = dayStart(fromOn)
  return { startsAt: start < now ? now : start, endsAt: dayStart(untilOn, 1) }
}

/** APR-04: only what this person decides in person, never what somebody lent. */
export function kindProblems(kinds: readonly ApprovalKind[], roles: readonly Role[]): Refusal[] {
  const own = kindsSigned(roles)
  return kinds.some((kind) => !own.includes(kind))
    ? [{ rule: 'APR-04', reason: 'delegations:refused.notYours', field: 'kinds' }]
    : []
}

/** PPL-02: nobody comes to decide by another's leave what their own roles shut them out of. */
export function deputyProblems(
  kinds: readonly ApprovalKind[],
  lender: readonly Role[],
  deputy: readonly Role[],
): Refusal[] {
  if (deputy.length === 0) return [{ rule: 'PPL-02', reason: 'delegations:refused.noRole', field: 'to' }]
  const lent = kinds.flatMap((kind) => signingRoles(kind).filter((role) => lender.includes(role)))
  const shut = lent.some((role) => separationProblems(deputy, role).length > 0)
  return shut ? [{ rule: 'PPL-02', reason: 'delegations:refused.excluded', field: 'to' }] : []
}

export type Standing = 'planned' | 'running' | 'past'

export function standingAt({ startsAt, endsAt, endedAt }: Span & { endedAt: Date | null }, now: Date): Standing {
  if (endedAt !== null || endsAt <= now) return 'past'
  return startsAt > now ? 'planned' : 'running'
}
