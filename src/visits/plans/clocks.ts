import type { Plan } from '../queries.ts'

/** VIS-01: the clock of a month's plan runs before there is a plan: it is its owner's and the month's. */
export const clockSubject = (ownerId: bigint | string, month: string): string => `visit_plan_of:${ownerId}:${month}`

export const clockOf = ({ ownerId, monthText }: Pick<Plan, 'ownerId' | 'monthText'>): string =>
  clockSubject(ownerId, monthText)
