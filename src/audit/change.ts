import { Prisma } from '../../prisma/client/client.ts'
import type { AuditKind } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { forgetWaiting } from '../access/waiting.ts'
import { writer, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import type { AuditAction } from './actions.ts'

export type Detail = { before?: object; after?: object; why?: string }

/** Writes one line of the trail in the transaction of the change it tells of (AUD-01). */
export type Audit = (action: AuditAction, subject: string, detail?: Detail) => Promise<void>

/** A line of reading or of access, as the one who watches them sees it. */
export type Seen = { kind: 'read' | 'access'; action: AuditAction; subject: string }
type Watcher = (actor: Actor, line: Seen) => Promise<void>
let watcher: Watcher = async () => {}

/** AUD-04: who looks at these lines as they are written. Told by app.ts, for alerts are changes themselves. */
export function watchTrail(by: Watcher): void {
  watcher = by
}

/** Another copy of this form was here first; `token` leads to where it led. */
export class AlreadyDone extends Error {
  readonly token: string
  constructor(token: string) {
    super('form already used')
    this.token = token
  }
}

/**
 * The only way to write: one transaction that is rolled back when it leaves no line in the trail. A form's token is
 * used up in the same transaction, so a form that arrives fifty times has its effect once.
 */
export async function change<T>(actor: Actor, work: (tx: Tx, audit: Audit) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await transact(actor, work)
      if (actor.form) actor.form.used = true
      forgetWaiting()
      return result
    } catch (error) {
      if (attempt >= 5 || !isTransient(error)) throw error
    }
  }
}

function transact<T>(actor: Actor, work: (tx: Tx, audit: Audit) => Promise<T>): Promise<T> {
  return writer.$transaction(
    async (tx) => {
      if (actor.form && !actor.form.used) await takeToken(tx, actor, actor.form.token)
      let lines = 0
      const result = await work(tx, async (action, subject, detail) => {
        await tx.auditEntry.create({ data: line(actor, 'change', action, subject, detail) })
        lines++
      })
      if (lines === 0) throw new Error('a change left no line in the trail')
      return result
    },
    { maxWait: 15_000, timeout: 60_000 },
  )
}

/** Many lines at once, for bulk work inside a `change()`: the caller still writes its own summary line. */
export async function auditMany(
  tx: Tx,
  actor: Actor,
  action: AuditAction,
  items: { subject: string; detail?: Detail }[],
): Promise<void> {
  const { id, name, origin } = actor
  const rows = items.map(({ subject, detail: { before, after, why } = {} }) => ({ subject, before, after, why }))
  // One parameter instead of thousands: a quarter of the time and of the memory.
  await tx.$executeRaw`
    insert into audit_entry (at, kind, actor_id, actor_name, action, subject, before, after, why, ip, request_id)
    select ${now()}::timestamptz, 'change', ${id === 0n ? null : id}::bigint, ${name}, ${action}, subject, before, after, why,
      ${origin.ip}, ${origin.requestId}
    from json_to_recordset(${jsonText(rows)}::json) as v(subject text, before jsonb, after jsonb, why text)`
}

/**
 * AUD-01: records that something guarded was opened, before it is shown; answers with the line's id. `register` writes
 * the line of a register of its own beside it: both, or nothing is shown.
 */
export async function reading(
  actor: Actor,
  action: AuditAction,
  subject: string,
  detail?: Detail,
  register?: (tx: Tx) => Promise<void>,
): Promise<bigint> {
  const create = { data: line(actor, 'read', action, subject, detail), select: { id: true } }
  const { id } = register
    ? await writer.$transaction(async (tx) => {
        await register(tx)
        return tx.auditEntry.create(create)
      })
    : await writer.auditEntry.create(create)
  await watcher(actor, { kind: 'read', action, subject })
  return id
}

/** Sign-ins, refusals and other events of access that change no record (AUD-01). */
export async function recordAccess(actor: Actor, action: AuditAction, subject: string, detail?: Detail): Promise<void> {
  await writer.auditEntry.create({ data: line(actor, 'access', action, subject, detail), select: { id: true } })
  await watcher(actor, { kind: 'access', action, subject })
}

async function takeToken(tx: Tx, actor: Actor, token: string): Promise<void> {
  const taken = await tx.$executeRaw`
    insert into form_token (token, staff_id, used_at) values (${token}, ${actor.id}, ${now()}::timestamptz)
    on conflict do nothing`
  if (taken === 0) throw new AlreadyDone(token)
}

function line(actor: Actor, kind: AuditKind, action: AuditAction, subject: string, detail: Detail = {}) {
  return {
    at: now(),
    kind,
    actorId: actor.id === 0n ? null : actor.id,
    actorName: actor.name,
    action,
    subject,
    before: detail.before === undefined ? Prisma.DbNull : plain(detail.before),
    after: detail.after === undefined ? Prisma.DbNull : plain(detail.after),
    why: detail.why ?? null,
    ip: actor.origin.ip,
    requestId: actor.origin.requestId,
  }
}

function jsonText(value: object): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'bigint') return String(item)
    // Half a character, from a text cut short, and NUL are no JSON to PostgreSQL.
    return typeof item === 'string' ? item.replace(/[\p{Surrogate}\0]/gu, '\uFFFD') : item
  })
}

function plain(value: object): Prisma.InputJsonObject {
  return JSON.parse(jsonText(value)) as Prisma.InputJsonObject
}

// Two writers that wait for each other: PostgreSQL ends one, and trying again succeeds (G-06).
function isTransient(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  return error.code === 'P2034' || /40P01|40001|deadlock/.test(JSON.stringify(error.meta ?? {}))
}
