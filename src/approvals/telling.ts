import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db.ts'
import { notify } from '../notices/commands.ts'
import type { Ending, Request, Told } from './contract.ts'
import { kindOf, wordOf } from './kinds.ts'

/** APR-01: the applicant hears what became of it, once: in the words of the kind where it has its own. */
export async function tellApplicant(
  tx: Tx,
  by: Actor,
  { id, number, kind, filedById }: Request,
  state: Ending | 'approved',
  now: Date,
  told?: Told | void,
): Promise<void> {
  if (filedById === by.id || !kindOf(kind).told) return
  const words = {
    what: { word: `approvals:kind.${wordOf(kind)}` },
    state: { word: `approvals:state.${state}` },
  } as const
  const params = { by: by.name, number, ...words }
  const href = `/approvals/${number}`
  const plain: Told = { kind: 'approval.decided', href, params }
  const { rule } = kindOf(kind)
  await notify(tx, [{ to: filedById, subject: `approval:${id}`, rule, ...(told ?? plain) }], now)
}
