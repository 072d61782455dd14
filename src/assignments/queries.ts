import type { Prisma } from '../../prisma/client/client.ts'
import type { ApprovalState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { db, type Tx } from '../db.ts'
import { NotFound, type Params } from '../lib/refused.ts'
import type { Key } from '../i18n.ts'
import { regulationAt } from '../regulations/in-force.ts'

/** Who may own customers: people at work in a role that has some. */
export const owners = {
  state: 'active',
  // ACC-02: who is leaving is given nothing more.
  leaving: { none: { state: 'open' } },
  grants: { some: { role: { in: ['sales', 'dept_head', 'area_manager'] } } },
} satisfies Prisma.StaffWhereInput

/** CUS-06: for how long an assignment can be taken back. */
export async function secondsToUndo(now: Date): Promise<number> {
  return (await regulationAt(now)).value('customers.undo_seconds')
}

/** People who may own customers, for choosing one. */
export function possibleOwners(): Promise<{ number: string; name: string }[]> {
  return db.staff.findMany({
    where: owners,
    orderBy: [{ pinyin: 'asc' }, { id: 'asc' }],
    take: 500,
    select: { number: true, name: true },
  })
}

/** One of them by number or id; held, so that nobody puts the account out of use meanwhile. */
export async function lockOwner(
  tx: Tx,
  which: { number: string } | { id: bigint },
): Promise<{ id: bigint; name: string } | null> {
  const found = await tx.staff.findFirst({ where: which, select: { id: true } })
  if (!found) return null
  await tx.$queryRaw`select 1 from staff where id = ${found.id} for key share`
  return tx.staff.findFirst({ where: { id: found.id, ...owners }, select: { id: true, name: true } })
}

/** `asked`: it waits for approval, under this number. */
export type Outcome = { number: string; rule?: string; reason?: Key; params?: Params; asked?: string }
export type Batch = {
  id: string
  at: Date
  outcomes: Outcome[]
  undone: { numbers: string[] } | null
  /** The one request of those that needed approval, and what became of each once it was approved. */
  asked: { number: string; state: ApprovalState; outcomes: Outcome[] | null } | null
}

/** What became of an assignment of many: its maker's own, kept in the trail. */
export async function batchFor(actor: Actor, id: string): Promise<Batch> {
  const entries = /^[0-9a-f]{16}$/.test(id)
    ? await db.auditEntry.findMany({
        where: { subject: `assignment:${id}`, actorId: actor.id, kind: 'change' },
        orderBy: { id: 'asc' },
        select: { action: true, after: true },
      })
    : []
  const made = entries.find(({ action }) => action === 'assignment.made')
  if (!made) throw new NotFound()
  const { at, outcomes } = made.after as unknown as { at: string; outcomes: Outcome[] }
  const undone = entries.find(({ action }) => action === 'assignment.undone')
  return {
    id,
    at: new Date(at),
    outcomes,
    undone: (undone?.after as { numbers: string[] } | undefined) ?? null,
    asked: outcomes.some((one) => one.asked) ? await askedIn(id) : null,
  }
}

async function askedIn(batch: string): Promise<Batch['asked']> {
  const subject = `assignment:${batch}`
  const where = { kind: 'customer.assignment', subject }
  const request = await db.approvalRequest.findFirst({ where, select: { number: true, state: true } })
  return request && { ...request, outcomes: await carriedOut(subject) }
}

/** Once it was approved: what became of each. */
export async function carriedOut(subject: string): Promise<Outcome[] | null> {
  const entry = await db.auditEntry.findFirst({
    where: { subject, action: 'assignment.carried_out' },
    select: { after: true },
  })
  return (entry?.after as unknown as { outcomes: Outcome[] } | undefined)?.outcomes ?? null
}

type Words = { owner?: string; department?: string; region?: string }

/** What the trail keeps of one assignment, so that it can be taken back. */
export type Assigned = {
  subject: string
  actorId: bigint | null
  before: Words & { ids: Record<'owner' | 'department' | 'region', string | null> }
  after: Words & { version: number; at: string; batch?: string; approval?: string }
}

/** The last assignment of each of these customers. */
export async function lastAssignments(tx: Tx, ids: bigint[]): Promise<Map<bigint, Assigned>> {
  const entries = await tx.auditEntry.findMany({
    where: { subject: { in: ids.map((id) => `customer:${id}`) }, action: 'customer.assigned' },
    orderBy: { id: 'asc' },
    select: { subject: true, actorId: true, before: true, after: true },
  })
  return new Map(
    entries.map((entry) => [BigInt(entry.subject.slice('customer:'.length)), entry as unknown as Assigned]),
  )
}
