import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db.ts'
import { notify } from '../../notices/commands.ts'
import type { Change } from './queries.ts'

const about = ({ number, proposals }: Change) => ({
  subject: `regulation:${proposals[0]!.rule}`,
  href: `/regulations/changes/${number}`,
  rule: 'RULE-02',
})

/** Whoever may decide it hears of it, but the drafter. */
export async function tellApprovers(tx: Tx, actor: Actor, change: Change, now: Date): Promise<void> {
  const approvers = await tx.staff.findMany({
    where: { state: 'active', id: { not: actor.id }, grants: { some: { role: 'general_manager' } } },
    select: { id: true },
  })
  const params = { by: actor.name, number: change.number, due: change.effectiveOn }
  await notify(
    tx,
    approvers.map(({ id }) => ({ ...about(change), to: id, kind: 'regulation.waiting' as const, params })),
    now,
  )
}

export type Verdict = 'approved' | 'refused' | 'returned'

export async function tellDrafter(tx: Tx, actor: Actor, change: Change, verdict: Verdict, now: Date): Promise<void> {
  const state = { word: `regulations:verdict.${verdict}` } as const
  const params = { by: actor.name, number: change.number, state }
  await notify(tx, [{ ...about(change), to: change.draftedBy.id, kind: 'regulation.decided', params }], now)
}
