import { system, type Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import { db, type Tx } from '../db.ts'
import type { AlertKind, Role } from '../../prisma/client/enums.ts'
import { NotFound, Refused, type Params, type Refusal } from '../lib/refused.ts'
import { notify, type NewNotice } from '../notices/commands.ts'
import type { NoticeKind } from '../notices/kinds.ts'
import type { Settling } from './forms.ts'

/** `once` says which alerts are the same one: it is made and told once, however many find it at the same moment. */
export type NewAlert = { kind: AlertKind; staffId?: bigint; once: string; detail?: Record<string, string | number> }
type Person = { number: string; name: string } | null

/** Of a chain that is broken the sealing tells, and auditors with it. */
const noticeOf = {
  mass_opening: 'alert.mass_opening',
  mass_search: 'alert.mass_search',
  refusals: 'alert.refusals',
  new_device: 'alert.new_device',
  trail_broken: null,
  backup_failed: 'alert.backup_failed',
} as const satisfies Record<AlertKind, NoticeKind | null>

/** AUD-04: makes an alert in the change that found it, and tells who guards; false when it was made before. */
export async function raise(tx: Tx, audit: Audit, alert: NewAlert, now: Date): Promise<boolean> {
  const { kind, staffId = null, once, detail = {} } = alert
  const [made] = await tx.$queryRaw<{ id: bigint }[]>`
    insert into alert (kind, staff_id, at, once, detail)
    values (${kind}::alert_kind, ${staffId}::bigint, ${now}::timestamptz, ${once}, ${JSON.stringify(detail)}::jsonb)
    on conflict (kind, once) do nothing returning id`
  if (!made) return false
  const person =
    staffId && (await tx.staff.findUnique({ where: { id: staffId }, select: { number: true, name: true } }))
  const after = { kind, ...(person ? { person: person.number } : {}), ...detail }
  await audit('alert.raised', `alert:${made.id}`, { after })
  const notice = noticeOf[kind]
  if (notice) await notify(tx, await noticesOf(tx, notice, made.id, alert, person || null), now)
  return true
}

class MadeBefore extends Error {}

/** The same as a change of its own, for what is found while somebody reads, searches or is refused. */
export async function raiseAlert(alert: NewAlert, now: Date): Promise<boolean> {
  const { kind, once } = alert
  if (await db.alert.findUnique({ where: { kind_once: { kind, once } }, select: { id: true } })) return false
  try {
    await change(system, async (tx, audit) => {
      if (!(await raise(tx, audit, alert, now))) throw new MadeBefore()
    })
    return true
  } catch (error) {
    if (error instanceof MadeBefore) return false
    throw error
  }
}

async function noticesOf(tx: Tx, kind: NoticeKind, id: bigint, alert: NewAlert, person: Person): Promise<NewNotice[]> {
  const { detail = {}, staffId } = alert
  // Where nobody is known, the address stands for whoever it was.
  const about: Params = person ? { number: person.number, title: person.name } : { number: detail['ip'] ?? '—' }
  return (await guardsOf(tx, staffId ?? 0n)).map((to) => ({
    to,
    kind,
    rule: 'AUD-04',
    subject: `alert:${id}`,
    href: `/alerts/${id}`,
    params: { ...detail, ...about },
    urgent: true,
  }))
}

/**
 * Never the person it is about; where nobody else guards, the auditors. Whoever runs the system, who hears of every
 * failed job, is nobody of them (PPL-02).
 */
async function guardsOf(tx: Tx, about: bigint): Promise<bigint[]> {
  const holding = async (roles: Role[]) => {
    const where = { state: 'active', id: { not: about }, grants: { some: { role: { in: roles } } } } as const
    return (await tx.staff.findMany({ where, select: { id: true } })).map(({ id }) => id)
  }
  const guards = await holding(['security_admin', 'info_supervisor'])
  return guards.length > 0 ? guards : holding(['auditor'])
}

/**
 * Somebody has looked into it: what was found is kept with it, and with those of the same kind about the same person, if
 * asked. Nobody settles what is about themselves.
 */
export async function settleAlert(actor: Actor, id: bigint, { note, alike }: Settling, now: Date): Promise<void> {
  await change(actor, async (tx, audit) => {
    await tx.$queryRaw`select 1 from alert where id = ${id} for update`
    const alert = await tx.alert.findUnique({ where: { id }, include: { seenBy: { select: { name: true } } } })
    if (!alert) throw new NotFound()
    const { kind, staffId } = alert
    if (staffId === actor.id) throw refused('alerts:refused.own')
    if (alert.seenBy) throw refused('alerts:refused.settled', { name: alert.seenBy.name })
    const settled = await tx.alert.updateManyAndReturn({
      where: alike ? { kind, staffId, seenAt: null } : { id },
      data: { seenAt: now, seenById: actor.id, note },
      select: { id: true },
    })
    for (const one of settled) await audit('alert.settled', `alert:${one.id}`, { after: { kind }, why: note })
  })
}

function refused(reason: Refusal['reason'], params?: Refusal['params']): Refused {
  return new Refused([{ rule: 'AUD-04', reason, ...(params ? { params } : {}) }])
}
