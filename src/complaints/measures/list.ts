import { Prisma } from '../../../prisma/client/client.ts'
import type { ActionKind, ActionState } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import type { Tagged } from '../../deadlines/tag.ts'
import { visibleComplaintsSql } from '../policy.ts'
import type { ListQuery, MeasureTab } from './forms.ts'

export const pageSize = 50
/** Counting stops here: one more stands for more. */
export const countedTo = 200

export type MeasureRow = {
  id: bigint
  number: string
  kind: ActionKind
  state: ActionState
  measure: string
  owner: string
  checker: string | null
  dueOn: string
  clock: ClockText | null
}
type ClockText = Record<'startedAt' | 'dueAt' | 'soonAt', string> & { unit: Tagged['unit']; pausedAt: string | null }
export type MeasureList = { rows: MeasureRow[]; more: boolean; counts: Record<MeasureTab, number> }

/** The complaints whose measures a person may know; CMP-03 holds for owners and checkers, too. */
const notAbout = (actor: Actor) =>
  Prisma.sql`m.complaint_id in (select id from complaint where not (${actor.id} = any(accused)))`

const seen = (actor: Actor) =>
  mayEver(actor, 'complaints.view')
    ? Prisma.sql`m.complaint_id in (select id from complaint where ${visibleComplaintsSql(actor)})`
    : Prisma.sql`false`

const conditions: Record<MeasureTab, (actor: Actor) => Prisma.Sql> = {
  mine: (actor) => Prisma.sql`m.owner_id = ${actor.id} and m.state = 'approved' and ${notAbout(actor)}`,
  checks: (actor) => Prisma.sql`m.checker_id = ${actor.id} and m.state in ('done', 'verified') and ${notAbout(actor)}`,
  all: (actor) => Prisma.sql`m.state in ('proposed', 'approved', 'done', 'verified') and ${seen(actor)}`,
  ended: (actor) => Prisma.sql`m.state in ('effective', 'ineffective', 'refused')
    and (((m.owner_id = ${actor.id} or m.checker_id = ${actor.id}) and ${notAbout(actor)}) or ${seen(actor)})`,
}

/** One page of a tab, and how many are in each. */
export async function measuresFor(actor: Actor, { tab, after }: ListQuery): Promise<MeasureList> {
  const beyond = after ? Prisma.sql`and m.id < ${BigInt(after)}` : Prisma.empty
  const [rows, counts] = await Promise.all([
    rowsOf(Prisma.sql`${conditions[tab](actor)} ${beyond}`, pageSize + 1),
    countsOf(actor),
  ])
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, counts }
}

const rowsOf = (where: Prisma.Sql, most: number) =>
  ask<MeasureRow>`
    select m.id, k.number || '-' || m.n as number, m.kind::text, m.state::text, m.measure, o.name as owner,
      c.name as checker, m.due_on::text as "dueOn", (
        select json_build_object('startedAt', d.started_at, 'dueAt', d.due_at, 'soonAt', d.soon_at, 'unit', d.unit,
          'pausedAt', d.paused_at)
        from deadline d where d.subject = 'measure:' || m.id and d.met_at is null and d.cancelled_at is null
        order by d.due_at limit 1) as clock
    from corrective_action m join complaint k on k.id = m.complaint_id join staff o on o.id = m.owner_id
      left join staff c on c.id = m.checker_id
    where ${where} order by m.id desc limit ${most}`

async function countsOf(actor: Actor): Promise<Record<MeasureTab, number>> {
  const one = (tab: MeasureTab) => Prisma.sql`(select count(*)::int from (
    select from corrective_action m where ${conditions[tab](actor)} limit ${countedTo + 1}) found)`
  const [counts] = await ask<Record<MeasureTab, number>>`
    select ${one('mine')} as mine, ${one('checks')} as checks, ${one('all')} as all, ${one('ended')} as ended`
  return counts!
}

/** A clock as it stands in a row: what runs has met nothing. */
export function clockOf({ clock }: Pick<MeasureRow, 'clock'>): Tagged | null {
  if (!clock) return null
  const { startedAt, dueAt, soonAt, pausedAt, unit } = clock
  return {
    unit,
    startedAt: new Date(startedAt),
    dueAt: new Date(dueAt),
    soonAt: new Date(soonAt),
    pausedAt: pausedAt === null ? null : new Date(pausedAt),
    metAt: null,
    cancelledAt: null,
  }
}
