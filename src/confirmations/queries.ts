import type { Actor } from '../access/actor.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { db, type Db } from '../db.ts'
import type { Key } from '../i18n.ts'
import { NotFound, type Params } from '../lib/refused.ts'

export type Outcome = { number: string; rule?: string; reason?: Key; params?: Params }

/** What became of a confirmation of many: its maker's own, kept in the trail. */
export async function outcomesFor(actor: Actor, id: string): Promise<Outcome[]> {
  const entry = /^[0-9a-f]{16}$/.test(id)
    ? await db.auditEntry.findFirst({
        where: { subject: `confirmation:${id}`, actorId: actor.id, action: 'confirmation.made' },
        select: { after: true },
      })
    : null
  if (!entry) throw new NotFound()
  return (entry.after as unknown as { outcomes: Outcome[] }).outcomes
}

const about = (id: bigint) => ({ kind: 'customer.confirmation', subject: `customer:${id}` })

/** The request that waits for its decision. */
export function requestAbout(from: Pick<Db, 'approvalRequest'>, id: bigint) {
  return from.approvalRequest.findFirst({
    where: { ...about(id), state: 'waiting' },
    select: { id: true, number: true, version: true, state: true },
  })
}

/** The last that was filed, whatever became of it. */
export function lastAsked(from: Pick<Db, 'approvalRequest'>, id: bigint) {
  return from.approvalRequest.findFirst({
    where: about(id),
    orderBy: { id: 'desc' },
    select: { id: true, number: true, state: true },
  })
}

/** A customer as deciding about it needs to know it. */
export async function toConfirm(id: bigint) {
  const [customer, waiting, asked] = await Promise.all([
    db.customer.findUniqueOrThrow({
      where: { id },
      select: {
        version: true,
        standing: true,
        createdById: true,
        ownerId: true,
        departmentId: true,
        regionId: true,
      },
    }),
    requestAbout(db, id),
    lastAsked(db, id),
  ])
  return { ...customer, waiting, asked }
}

/** Those of these that the person sees. */
export async function idsOf(actor: Actor, numbers: string[]): Promise<Map<string, bigint>> {
  const rows = await db.$queryRaw<{ id: bigint; number: string }[]>`
    select id, number from customer where number = any(${numbers}::text[]) and ${visibleCustomersSql(actor)}`
  return new Map(rows.map(({ id, number }) => [number, id]))
}
