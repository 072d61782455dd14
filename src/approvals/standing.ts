import type { Role } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { actingFor } from '../delegations/queries.ts'
import type { Place } from './contract.ts'
import { holdersAt } from './holders.ts'

export type Step = Place & {
  kind: string
  role: Role | null
  seniorRole: Role | null
  staffId: bigint | null
  excluded: bigint[]
}

/**
 * By what right somebody signs: for themselves, or for another (APR-04); `none` where they may not: it is their `own`, or
 * they had a `part` in it already.
 */
export type Standing =
  { by: 'self' } | { by: 'deputy'; forId: bigint; forName: string } | { by: 'none'; own: boolean; part?: true }

/**
 * APR-01, APR-04, PPL-02: whether this person may sign now. Nobody signs what they asked for or what concerns them: not
 * by a second role, not for another, and nobody signs for who asked. Nor does one person sign twice (signers.ts). `known`:
 * the step's signers, where the caller has asked for them already.
 */
export async function standingOf(
  tx: Tx,
  actor: Actor,
  step: Step & { requestId: bigint },
  now: Date,
  known?: Promise<bigint[]>,
): Promise<Standing> {
  if (step.excluded.includes(actor.id)) {
    const part = await hasPart(tx, step.requestId, actor.id)
    return part ? { by: 'none', own: false, part: true } : { by: 'none', own: true }
  }
  const signers = await (known ?? signersOf(tx, step))
  if (signers.includes(actor.id)) return { by: 'self' }
  const lent = (await actingFor(actor.id, now, tx)).find(
    ({ fromId, kinds }) => kinds.has(step.kind) && signers.includes(fromId) && !step.excluded.includes(fromId),
  )
  return lent ? { by: 'deputy', forId: lent.fromId, forName: lent.fromName } : { by: 'none', own: false }
}

/** Signed another step of the request, had it signed for them, or asked somebody to. */
async function hasPart(tx: Tx, requestId: bigint, id: bigint): Promise<boolean> {
  const where = { requestId, OR: [{ decidedById: id }, { forId: id }, { addedById: id }] }
  return (await tx.approvalStep.findFirst({ where, select: { id: true } })) !== null
}

/** Whose own signature the step may have, the excluded not taken out yet. */
export async function signersOf(tx: Tx, { role, seniorRole, staffId, ...place }: Omit<Step, 'kind' | 'excluded'>) {
  const found = staffId === null ? [] : await atWork(tx, staffId)
  const roles = [role, seniorRole].filter((one) => one !== null)
  if (roles.length > 0) found.push(...(await holdersAt(tx, roles, place)))
  return [...new Set(found)]
}

/** APR-04: who signs for these people now. */
export async function deputiesOf(tx: Tx, signers: bigint[], kind: string, now: Date): Promise<bigint[]> {
  const rows = await tx.delegationKind.findMany({
    where: {
      kind,
      fromId: { in: signers },
      startsAt: { lte: now },
      endsAt: { gt: now },
      delegation: { endedAt: null, from: { state: 'active' }, to: { state: 'active' } },
    },
    select: { delegation: { select: { toId: true } } },
  })
  return rows.map(({ delegation }) => delegation.toId)
}

async function atWork(tx: Tx, id: bigint): Promise<bigint[]> {
  return (await tx.staff.findFirst({ where: { id, state: 'active' }, select: { id: true } })) ? [id] : []
}
