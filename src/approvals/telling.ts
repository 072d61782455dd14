import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { notify } from '../notices/commands.ts'
import type { Ending, Request } from './contract.ts'
import { kindOf, wordOf } from './kinds.ts'

/** APR-01: the applicant hears what became of it. */
export async function tellApplicant(
  tx: Tx,
  by: Actor,
  { id, number, kind, filedById }: Request,
  state: Ending | 'approved',
  now: Date,
): Promise<void> {
  if (filedById === by.id || !kindOf(kind).told) return
  const words = {
    what: { word: `approvals:kind.${wordOf(kind)}` },
    state: { word: `approvals:state.${state}` },
  } as const
  const params = { by: by.name, number, ...words }
  const href = `/approvals/${number}`
  await notify(
    tx,
    [{ to: filedById, kind: 'approval.decided', subject: `approval:${id}`, href, params, rule: kindOf(kind).rule }],
    now,
  )
}
