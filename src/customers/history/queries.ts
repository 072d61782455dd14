import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { holds } from '../../access/actor.ts'
import { auditActions } from '../../audit/actions.ts'
import { ask } from '../../db.ts'
import { veilDeep } from '../sensitivity.ts'
import { withChips } from './chips.ts'
import type { HistoryKind } from './forms.ts'
import { withoutUnseen, type HistoryLine } from './unseen.ts'

export type { HistoryLine }

export const linesOnPage = 50
/** Counting stops here, as on lists. */
export const countedTo = 1000

/** What a history tells: all about one subject, and of others some acts alone, each with the number it goes by. */
export type Told = {
  subject: string
  also?: { of: ReadonlyMap<string, string>; actions: readonly string[] }
}

// As the index of the trail says it, and one act more.
const noOpening = Prisma.sql`action <> 'customer.opened' and action <> 'attachment.opened' and action <> 'item.opened'
  and action <> 'complaint.opened'`
const columns = Prisma.sql`id, at, actor_name, action, before, after, why, subject`

/** AUD-03: what happened to it, newest first, and how much there is; openings stand in the trail, not here. */
export async function historyOf(actor: Actor, told: Told, take: number) {
  const found = await ask<Stored & { count: number }>`
    select id, at, actor_name as "actorName", action, before, after, why, subject,
      (select count(*)::int from (${linesSql(told, noOpening, countedTo + 1, 'desc')}) n) as count
    from (${linesSql(told, noOpening, take, 'desc')}) l order by id desc limit ${take}`
  const lines = found.map((line) => seen(line, told))
  return {
    lines: await withChips(await withoutUnseen(actor, lines)),
    count: Math.min(found[0]?.count ?? 0, countedTo + 1),
  }
}

/** Who opened a customer is shown to those who watch over it. */
export function maySeeReads(actor: Actor): boolean {
  return holds(actor, 'auditor') || holds(actor, 'info_supervisor')
}

/** First match wins; what no pattern names belongs to the record itself. */
export type Kinds<K extends string> = { patterns: readonly (readonly [K, RegExp])[]; rest: K }
type Query<K extends string> = { kind: K | ''; after?: string | undefined; before?: string | undefined }

/** One page of it, by keyset. */
export async function historyFor<K extends string>(
  actor: Actor,
  told: Told,
  { kind, after, before }: Query<K>,
  kinds: Kinds<K>,
) {
  const chosen = kind === 'reads' && !maySeeReads(actor) ? '' : kind
  const acts = chosen === '' ? noOpening : Prisma.sql`action = any(${actionsOf(chosen, kinds)})`
  const back = before !== undefined && after === undefined
  const mark = after ?? before
  const beyond = mark === undefined ? acts : Prisma.sql`${acts} and id ${comparison(back)} ${BigInt(mark)}`
  const order = back ? Prisma.sql`asc` : Prisma.sql`desc`
  const found = await ask<Stored>`
    select id, at, actor_name as "actorName", action, before, after, why, subject
    from (${linesSql(told, beyond, linesOnPage + 1, back ? 'asc' : 'desc')}) l
    order by id ${order} limit ${linesOnPage + 1}`
  const more = found.length > linesOnPage
  const lines = found.slice(0, linesOnPage).map((line) => seen(line, told))
  if (back) lines.reverse()
  return {
    lines: await withChips(await withoutUnseen(actor, lines)),
    kind: chosen,
    earlier: back ? more : mark !== undefined,
    later: back || more,
  }
}

const comparison = (back: boolean) => (back ? Prisma.sql`>` : Prisma.sql`<`)

/** Each part by its own index; what is wanted of both is chosen from so many of each. */
function linesSql({ subject, also }: Told, where: Prisma.Sql, take: number, order: 'asc' | 'desc'): Prisma.Sql {
  const by = order === 'asc' ? Prisma.sql`asc` : Prisma.sql`desc`
  const own = Prisma.sql`(select ${columns} from audit_entry
    where subject = ${subject} and ${where} order by id ${by} limit ${take})`
  if (!also || also.of.size === 0) return own
  return Prisma.sql`${own} union all (select ${columns} from audit_entry
    where subject = any(${[...also.of.keys()]}) and action = any(${[...also.actions]}) and ${where}
    order by id ${by} limit ${take})`
}

// First match wins; what no pattern names belongs to the record itself.
export const customerKinds: Kinds<HistoryKind> = {
  patterns: [
    ['reads', /\.opened$/],
    ['complaints', /^complaint\./],
    ['copies', /\.(?:printed|unmasked|exported)$/],
    ['owner', /\.assign/],
    ['contact_records', /^contact_record\./],
    ['promises', /^promise\./],
    ['contacts', /^contact\./],
    ['addresses', /^address\./],
    ['links', /^link\./],
    ['attachments', /^attachment\./],
    ['tasks', /^task\./],
    ['visits', /^(?:visit|visit_template|contact_record|promise|market_note)\./],
    ['archive', /^(?:file|volume|item)\./],
    ['imports', /import|withdrawn/],
  ],
  rest: 'record',
}

function actionsOf<K extends string>(kind: K, { patterns, rest }: Kinds<K>): string[] {
  const kindOf = (action: string) => patterns.find(([, pattern]) => pattern.test(action))?.[0] ?? rest
  return auditActions.filter((action) => kindOf(action) === kind)
}

type Stored = Omit<HistoryLine, 'before' | 'after' | 'other'> & { before: unknown; after: unknown; subject: string }

function seen({ id, at, actorName, action, before, after, why, subject }: Stored, { also }: Told): HistoryLine {
  const fields = (value: unknown) => veilDeep(value ?? {}) as Record<string, unknown>
  const line = { id, at, actorName, action, why, subject, before: fields(before), after: fields(after) }
  const other = also?.of.get(subject)
  return other === undefined ? line : { ...line, other }
}
