import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { db } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import type { AlertsQuery } from './forms.ts'

export const pageSize = 50

const columns = {
  id: true,
  kind: true,
  staffId: true,
  staff: { select: { number: true, name: true } },
  at: true,
  detail: true,
  seenAt: true,
  seenBy: { select: { name: true } },
  note: true,
} satisfies Prisma.AlertSelect
export type Alert = Prisma.AlertGetPayload<{ select: typeof columns }>

export async function alertsFor({ kind, state, before }: AlertsQuery): Promise<{ rows: Alert[]; more: boolean }> {
  const where: Prisma.AlertWhereInput = {
    ...(kind ? { kind } : {}),
    ...(state ? { seenAt: state === 'open' ? null : { not: null } } : {}),
    ...(before ? { id: { lt: BigInt(before) } } : {}),
  }
  const rows = await db.alert.findMany({ where, select: columns, orderBy: { id: 'desc' }, take: pageSize + 1 })
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize }
}

export async function alertFor(_actor: Actor, id: string): Promise<Alert> {
  const alert = /^\d{1,18}$/.test(id) ? await db.alert.findUnique({ where: { id: BigInt(id) }, select: columns }) : null
  if (!alert) throw new NotFound()
  return alert
}

/** How many others like it wait: the same kind, about the same person. */
export function othersAlike({ id, kind, staffId }: Alert): Promise<number> {
  return db.alert.count({ where: { kind, staffId, seenAt: null, id: { not: id } } })
}

export type OpenAlerts = { count: number; oldest: Alert } | null

/** What waits to be looked into, without what is about the person who asks. */
export async function openAlerts(actor: Actor, most: number): Promise<OpenAlerts> {
  const where: Prisma.AlertWhereInput = { seenAt: null, OR: [{ staffId: null }, { staffId: { not: actor.id } }] }
  const [count, oldest] = await Promise.all([
    db.alert.count({ where, take: most + 1 }),
    db.alert.findFirst({ where, select: columns, orderBy: { id: 'asc' } }),
  ])
  return oldest ? { count, oldest } : null
}
