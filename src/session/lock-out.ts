import type { Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { notify } from '../notices/commands.ts'
import { lockAccount, type Lock } from './limits.ts'

export type Locked = { id: bigint; number: string; name: string } | null

/**
 * ACC-01: the account is locked, and whoever guards the accounts is told. A name that is nobody's goes the same way, so
 * that the time it takes tells nothing either.
 */
export async function lockOut(actor: Actor, key: string, staff: Locked, lock: Lock, now: Date): Promise<void> {
  await lockAccount(key, lock)
  // The form itself was refused: its token is not used up by this.
  const { form: _, ...who } = actor
  await change(who, async (tx, audit) => {
    await audit('session.locked', staff ? `staff:${staff.id}` : 'account:unknown', { after: lock })
    const guards = await guardsOf(tx, staff?.id ?? 0n)
    if (staff) await tell(tx, guards, staff, lock, now)
  })
}

/** Security administrators at work; not the person who is locked out. */
function guardsOf(tx: Tx, except: bigint): Promise<{ id: bigint }[]> {
  return tx.staff.findMany({
    where: { state: 'active', id: { not: except }, grants: { some: { role: 'security_admin' } } },
    select: { id: true },
  })
}

function tell(tx: Tx, guards: { id: bigint }[], staff: NonNullable<Locked>, lock: Lock, now: Date): Promise<void> {
  const { id, number, name } = staff
  const notices = guards.map(({ id: to }) => ({
    to,
    kind: 'account.locked' as const,
    rule: 'ACC-01',
    subject: `staff:${id}`,
    href: `/staff/${number}`,
    params: { number, title: name, tries: lock.tries, minutes: lock.minutes },
    urgent: true,
  }))
  return notify(tx, notices, now)
}
