import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'

/** How many, and the most urgent of them with its running clock. */
export type UrgentMeasure = {
  count: number
  number: string
  measure: string
  startedAt: Date
  dueAt: Date
  soonAt: Date
}
export type MeasuresAtHome = { doing: UrgentMeasure | null; checking: UrgentMeasure | null }

/**
 * CMP-18: what a person has to do, and what is to be verified or judged now; whose effect is not due to be looked at for
 * days yet is not asked of anybody today. Lists: /measures and /measures?tab=checks.
 */
export async function measuresAtHome(actor: Actor, now: Date): Promise<MeasuresAtHome> {
  const doing = Prisma.sql`m.owner_id = ${actor.id} and m.state = 'approved'`
  const checking = Prisma.sql`m.checker_id = ${actor.id} and (m.state = 'done' or (m.state = 'verified'
    and m.verified_at + m.effect_days * interval '1 day' <= ${now}::timestamptz))`
  const [[mine], [checks]] = await Promise.all([urgent(actor, doing), urgent(actor, checking)])
  return { doing: mine ?? null, checking: checks ?? null }
}

const urgent = (actor: Actor, where: Prisma.Sql) =>
  ask<UrgentMeasure>`
    select count(*) over ()::int as count, k.number || '-' || m.n as number, m.measure, d.started_at as "startedAt",
      d.due_at as "dueAt", d.soon_at as "soonAt"
    from corrective_action m join complaint k on k.id = m.complaint_id
      join deadline d on d.subject = 'measure:' || m.id and d.met_at is null and d.cancelled_at is null
    where ${where} and not (${actor.id} = any(k.accused)) order by d.due_at limit 1`
