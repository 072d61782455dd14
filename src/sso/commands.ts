import type { Actor } from '../access/actor.ts'
import { alertOfAddress } from '../alerts/watching.ts'
import { change, recordAccess, type Audit } from '../audit/change.ts'
import { db, type Tx } from '../db.ts'
import { Refused, refuseIf, type Refusal } from '../lib/refused.ts'
import { admitAddress, pardonAddress, triesOfAddress } from '../session/limits.ts'
import type { Entrant } from '../session/entering.ts'
import { endSessions } from '../staff/commands.ts'
import type { Crossing } from '../web/route.ts'
import { comeBack, refusal, type Identity, type Reason } from './crossing.ts'
import { entrant, holderOf, linkedStaff } from './queries.ts'

/**
 * ACC-01: who has come back from the provider. Nobody gets an account by it: whoever is unknown, or not at work, is
 * answered alike, and the attempt is in the trail like a wrong password.
 */
export async function identify(
  actor: Actor,
  crossing: Crossing | null,
  answer: Record<string, string>,
  now: Date,
): Promise<Entrant> {
  const { ip } = actor.origin
  if (!(await admitAddress(ip))) {
    await alertOfAddress(actor, triesOfAddress, now)
    throw refusal('too_many')
  }
  const identity = await comeBack(crossing, answer, now).catch((error: unknown) => refuse(actor, error))
  const linked = await linkedStaff(identity)
  const staff = linked ?? (await linkByEmail(actor, identity, now))
  if (!staff || staff.state !== 'active') return refuse(actor, refusal('unknown'), linked?.id)
  await pardonAddress(ip)
  return staff
}

async function refuse(actor: Actor, error: unknown, staffId?: bigint): Promise<never> {
  const reason = error instanceof Refused ? (error.refusals[0]!.reason.split('.').at(-1) as Reason) : 'mismatch'
  const subject = staffId ? `staff:${staffId}` : 'account:unknown'
  await recordAccess(actor, 'session.refused', subject, { after: { how: 'sso', reason } })
  throw error
}

class NotLinked extends Error {}

/** The first time: by the address that the provider has proven and exactly one person at work has. */
async function linkByEmail(actor: Actor, identity: Identity, now: Date) {
  const { email } = identity
  const id = email && (await holderOf(db, email))
  if (!email || !id) return null
  const staff = await entrant(id)
  try {
    await change({ ...actor, id, name: staff.name }, async (tx, audit) => {
      await tx.$queryRaw`select 1 from staff where id = ${id} for update`
      const still = (await holderOf(tx, email)) === id
      if (!still || !(await link(tx, audit, id, identity, now, 'email'))) throw new NotLinked()
    })
    return staff
  } catch (error) {
    if (error instanceof NotLinked) return null
    throw error
  }
}

/** One account of a provider for a person, one person for an account; false when either has another already. */
async function link(tx: Tx, audit: Audit, staffId: bigint, identity: Identity, now: Date, by: 'email' | 'own') {
  const { issuer, subject } = identity
  const made = await tx.$executeRaw`
    insert into staff_identity (issuer, subject, staff_id, linked_at)
    values (${issuer}, ${subject}, ${staffId}, ${now}::timestamptz) on conflict do nothing`
  if (made > 0) await audit('identity.linked', `staff:${staffId}`, { after: { issuer, by } })
  return made > 0
}

/** One's own, from the profile: the person has just signed in at the provider for it. */
export async function linkOwn(
  actor: Actor,
  crossing: Crossing,
  answer: Record<string, string>,
  now: Date,
): Promise<void> {
  if (crossing.linking !== String(actor.id)) throw refusal('stale')
  const identity = await comeBack(crossing, answer, now)
  await change(actor, async (tx, audit) => {
    await tx.$queryRaw`select 1 from staff where id = ${actor.id} for update`
    if (!(await link(tx, audit, actor.id, identity, now, 'own'))) refuseIf([because('sso:refused.taken')])
  })
}

/** Only who knows a password of ours can do without. */
export async function unlinkOwn(actor: Actor): Promise<void> {
  await change(actor, async (tx, audit) => {
    await tx.$queryRaw`select 1 from staff where id = ${actor.id} for update`
    const { mustChangePassword } = await tx.staff.findUniqueOrThrow({ where: { id: actor.id } })
    if (mustChangePassword) refuseIf([because('sso:refused.noPassword')])
    await unlink(tx, audit, actor.id)
  })
}

/** By the administrator: whoever came in by it is signed out, too. */
export async function unlinkStaff(actor: Actor, id: bigint): Promise<void> {
  await change(actor, async (tx, audit) => {
    await tx.$queryRaw`select 1 from staff where id = ${id} for update`
    await unlink(tx, audit, id)
    if (id !== actor.id) await endSessions(tx, id)
  })
}

async function unlink(tx: Tx, audit: Audit, staffId: bigint): Promise<void> {
  const { count } = await tx.staffIdentity.deleteMany({ where: { staffId } })
  if (count === 0) refuseIf([because('sso:refused.notLinked')])
  await audit('identity.unlinked', `staff:${staffId}`)
}

const because = (reason: Refusal['reason']): Refusal => ({ rule: 'ACC-01', reason })
