import type { Actor } from '../../access/actor.ts'
import { ask, db } from '../../db.ts'
import type { Key } from '../../i18n.ts'
import { NotFound, type Params } from '../../lib/refused.ts'
import { visibleComplaintsSql } from '../policy.ts'
import { columnsSql, seen, type ComplaintRow } from '../list/rows.ts'

/** What was ticked, as far as the person sees it, in the order of their numbers. */
export async function pickedFor(actor: Actor, numbers: readonly string[]): Promise<ComplaintRow[]> {
  const rows = await ask<ComplaintRow>`
    select ${columnsSql} from complaint c left join customer k on k.id = c.customer_id
    where c.id in (select id from complaint where number = any(${[...numbers]}::text[]) and ${visibleComplaintsSql(actor)})
    order by c.id`
  return rows.map(seen)
}

/** Their ids, in the one order in which everybody takes them. */
export async function idsOf(actor: Actor, numbers: readonly string[]): Promise<Map<string, bigint>> {
  const found = await ask<{ id: bigint; number: string }>`
    select id, number from complaint where number = any(${[...numbers]}::text[]) and ${visibleComplaintsSql(actor)}
    order by id`
  return new Map(found.map(({ id, number }) => [number, id]))
}

/** What they are about, of those the person still sees. */
export async function titlesOf(actor: Actor, numbers: readonly string[]): Promise<Map<string, string>> {
  const found = await ask<{ number: string; title: string }>`
    select number, title from complaint
    where number = any(${[...numbers]}::text[]) and ${visibleComplaintsSql(actor)}`
  return new Map(found.map(({ number, title }) => [number, title]))
}

export type Act = 'assign' | 'raise' | 'link'
export type Why = { rule: string; reason: Key; params?: Params }
/** Done where there is no reason against it. */
export type Outcome = { number: string; whys: Why[] }
export type Batch = { id: string; act: Act; outcomes: Outcome[] }

export const batchSubject = (id: string) => `complaints:${id}`

/** What became of many: its maker's own, kept in the trail. */
export async function batchFor(actor: Actor, id: string): Promise<Batch> {
  const where = { subject: batchSubject(id), actorId: actor.id, action: 'complaints.handled_together' }
  const entry = /^[0-9a-f]{16}$/.test(id) ? await db.auditEntry.findFirst({ where, select: { after: true } }) : null
  if (!entry) throw new NotFound()
  const { act, outcomes } = entry.after as unknown as Pick<Batch, 'act' | 'outcomes'>
  return { id, act, outcomes }
}

export const departmentsToGive = () =>
  db.department.findMany({ orderBy: { id: 'asc' }, select: { id: true, name: true } })
