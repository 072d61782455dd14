import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { dayText } from '../../lib/days.ts'
import { notify } from '../../notices/commands.ts'
import type { NoticeKind } from '../../notices/kinds.ts'
import { measurePath, subjectOf, type Measure } from './queries.ts'

type Told = Extract<NoticeKind, `measure.${string}`>

/** Tells a measure's people; who did it knows, and CMP-03: whom the complaint is about is told nothing. */
export async function tell(
  tx: Tx,
  actor: Actor,
  measure: Measure,
  kind: Told,
  people: readonly (bigint | null)[],
  now: Date,
): Promise<void> {
  const told = [...new Set(people)].filter(
    (id): id is bigint => id !== null && id !== actor.id && !measure.complaint.accused.includes(id),
  )
  const params = { by: actor.name, number: measure.number, due: dayText(measure.dueOn) }
  const notice = { kind, subject: subjectOf(measure), href: measurePath(measure), rule: 'CMP-18', params }
  await notify(
    tx,
    told.map((to) => ({ ...notice, to })),
    now,
  )
}

export const tellGiven = (tx: Tx, actor: Actor, measure: Measure, now: Date) =>
  tell(tx, actor, measure, 'measure.given', [measure.ownerId], now)
