import { ask } from '../../db.ts'
import type { Tagged } from '../../deadlines/tag.ts'
import { subjectOf, type Complaint } from '../queries.ts'

export const shown = 100

export type ProgressRow = { at: Date; text: string; by: string }

/** What was entered, the last first. */
export function progressOf({ id }: Pick<Complaint, 'id'>): Promise<ProgressRow[]> {
  return ask<ProgressRow>`
    select p.at, p.text, s.name as by from complaint_progress p join staff s on s.id = p.by_id
    where p.complaint_id = ${id} order by p.id desc limit ${shown}`
}

/** The clock of the next entry. */
export async function progressClockOf(complaint: Complaint): Promise<Tagged | null> {
  const [clock] = await ask<Tagged>`
    select unit::text, started_at as "startedAt", due_at as "dueAt", soon_at as "soonAt", paused_at as "pausedAt",
      met_at as "metAt", cancelled_at as "cancelledAt"
    from deadline where subject = ${subjectOf(complaint)} and kind = 'complaint.progress' and met_at is null
      and cancelled_at is null`
  return clock ?? null
}
