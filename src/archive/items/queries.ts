import type { CopyState, ReadingWay } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { ask } from '../../db.ts'
import { now } from '../../lib/clock.ts'
import { knownSql } from '../policy.ts'
import { itemFor, type Item } from '../queries.ts'

export type Content = { n: number; name: string; type: string; bytes: number; sha256: string; at: Date; by: string }

/** ARC-05: all contents of an item, the newest first. */
export function contentsOf({ id }: { id: bigint }): Promise<Content[]> {
  return ask<Content>`
    select v.n, v.name, f.type, f.bytes::float8 as bytes, f.sha256, v.at, s.name as by
    from item_version v join stored_file f on f.id = v.file_id join staff s on s.id = v.by_id
    where v.item_id = ${id} order by v.n desc`
}

/** An item and which of its contents is asked for; whether there is such a one is told only to whom it opens. */
export type ContentAsked = Item & { asked: number }

export async function contentFor(actor: Actor, number: string, n: string): Promise<ContentAsked> {
  return { ...(await itemFor(actor, number)), asked: /^[1-9]\d{0,4}$/.test(n) ? Number(n) : 0 }
}

export type Reading = { at: Date; by: string; way: ReadingWay; n: number | null; visitor: string | null }
export type LoanLine = { number: string; borrower: string; lentAt: Date; dueAt: Date; returnedAt: Date | null }
export type CopyLine = { number: string; holder: string; state: CopyState; madeAt: Date }
export type Registers = { readings: Reading[]; count: number; loans: LoanLine[]; copies: CopyLine[] }

const mostLines = 12

/** Who saw it, who had it, and what copies there are. */
export async function registersOf({ id }: { id: bigint }): Promise<Registers> {
  const [readings, counted, loans, copies] = await Promise.all([
    ask<Reading>`
      select r.at, s.name as by, r.way::text, r.n, r.visitor from item_reading r join staff s on s.id = r.staff_id
      where r.item_id = ${id} order by r.id desc limit ${mostLines}`,
    ask<{ n: number }>`select count(*)::int as n from item_reading where item_id = ${id}`,
    ask<LoanLine>`
      select l.number, s.name as borrower, l.lent_at as "lentAt", l.due_at as "dueAt", l.returned_at as "returnedAt"
      from loan l join staff s on s.id = l.borrower_id where l.item_id = ${id} order by l.id desc limit ${mostLines}`,
    ask<CopyLine>`
      select number, holder, state::text, made_at as "madeAt" from numbered_copy where item_id = ${id}
      order by id desc limit ${mostLines}`,
  ])
  return { readings, count: counted[0]!.n, loans, copies }
}

export type Overdue = { n: number; days: number }

/** ARC-11: what this person holds too long; who does, borrows nothing more. */
export async function overdueOf({ id }: Actor, at: Date): Promise<Overdue | null> {
  const [found] = await ask<{ n: number; since: Date | null }>`
    select count(*)::int as n, min(due_at) as since from loan
    where borrower_id = ${id} and returned_at is null and due_at < ${at}::timestamptz`
  if (!found?.since) return null
  return { n: found.n, days: Math.max(1, Math.ceil((at.getTime() - found.since.getTime()) / 86_400_000)) }
}

/** ARC-02: of these items, those whose entry is this person's to know; for the lines of a customer's history. */
export async function knownAmong(actor: Actor, ids: readonly bigint[]): Promise<Set<bigint>> {
  const rows = await ask<{ id: bigint }>`
    select i.id from archive_item i where i.id = any(${[...ids]}::bigint[]) and ${knownSql(actor, now())}`
  return new Set(rows.map(({ id }) => id))
}
