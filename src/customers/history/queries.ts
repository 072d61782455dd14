import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { holds } from '../../access/actor.ts'
import { auditActions } from '../../audit/actions.ts'
import { ask, db } from '../../db.ts'
import { veilDeep } from '../sensitivity.ts'
import type { HistoryKind, HistoryQuery } from './forms.ts'
import { withoutUnseen, type HistoryLine } from './unseen.ts'

const columns = { id: true, at: true, actorName: true, action: true, before: true, after: true, why: true }
export type { HistoryLine }

export const linesOnPage = 50
/** Counting stops here, as on lists. */
export const countedTo = 1000

// As the index of the trail says it, and one act more.
const noOpening = Prisma.sql`action <> 'customer.opened' and action <> 'attachment.opened' and action <> 'item.opened'`

/** AUD-03: what happened to this customer, newest first, and how much there is; openings stand in the trail, not here. */
export async function historyOf(actor: Actor, customer: { id: bigint }, take: number) {
  const subject = `customer:${customer.id}`
  const found = await ask<Stored & { count: number }>`
    select id, at, actor_name as "actorName", action, before, after, why, (select count(*)::int from (
      select 1 from audit_entry where subject = ${subject} and ${noOpening} limit ${countedTo + 1}) n) as count
    from audit_entry where subject = ${subject} and ${noOpening} order by id desc limit ${take}`
  return { lines: await withoutUnseen(actor, found.map(veiled)), count: found[0]?.count ?? 0 }
}

/** Who opened a customer is shown to those who watch over it. */
export function maySeeReads(actor: Actor): boolean {
  return holds(actor, 'auditor') || holds(actor, 'info_supervisor')
}

/** One page of it, by keyset. */
export async function historyFor(actor: Actor, customer: { id: bigint }, { kind, after, before }: HistoryQuery) {
  const subject = `customer:${customer.id}`
  const chosen = kind === 'reads' && !maySeeReads(actor) ? '' : kind
  const where: Prisma.AuditEntryWhereInput = chosen
    ? { subject, action: { in: actionsOf(chosen) } }
    : happenedTo(customer)
  const back = before !== undefined && after === undefined
  const mark = after ?? before
  const found = await db.auditEntry.findMany({
    where: mark ? { AND: [where, { id: back ? { gt: BigInt(mark) } : { lt: BigInt(mark) } }] } : where,
    orderBy: { id: back ? 'asc' : 'desc' },
    take: linesOnPage + 1,
    select: columns,
  })
  const more = found.length > linesOnPage
  const lines = found.slice(0, linesOnPage).map(veiled)
  if (back) lines.reverse()
  return {
    lines: await withoutUnseen(actor, lines),
    kind: chosen,
    earlier: back ? more : mark !== undefined,
    later: back || more,
  }
}

const happenedTo = ({ id }: { id: bigint }): Prisma.AuditEntryWhereInput => ({
  subject: `customer:${id}`,
  action: { not: 'customer.opened', notIn: ['attachment.opened', 'item.opened'] },
})

// First match wins; what no pattern names belongs to the record itself.
const kinds: [HistoryKind, RegExp][] = [
  ['reads', /\.opened$/],
  ['copies', /\.(?:printed|unmasked|exported)$/],
  ['owner', /\.assign/],
  ['contacts', /^contact\./],
  ['addresses', /^address\./],
  ['links', /^link\./],
  ['attachments', /^attachment\./],
  ['tasks', /^task\./],
  ['archive', /^(?:file|volume|item)\./],
  ['imports', /import|withdrawn/],
]
const kindOf = (action: string) => kinds.find(([, pattern]) => pattern.test(action))?.[0] ?? 'record'
const actionsOf = (kind: HistoryKind): string[] => auditActions.filter((action) => kindOf(action) === kind)

type Stored = Prisma.AuditEntryGetPayload<{ select: typeof columns }>

function veiled({ id, at, actorName, action, before, after, why }: Stored): HistoryLine {
  const fields = (value: unknown) => veilDeep(value ?? {}) as Record<string, unknown>
  return { id, at, actorName, action, why, before: fields(before), after: fields(after) }
}
