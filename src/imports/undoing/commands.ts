import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import { now } from '../../lib/clock.ts'
import { Forbidden, Refused } from '../../lib/refused.ts'
import { askToRun } from '../asking.ts'
import { lockImport, type LockedImport } from '../queries.ts'
import { importStates } from '../states.ts'

/** CUS-15: takes a whole import back; the customers go in the background, those somebody worked on stay. */
export function undoImport(actor: Actor, number: string): Promise<void> {
  return change(actor, async (tx, audit) => {
    const record = await lockImport(tx, number)
    if (!may(actor, 'imports.undo', record)) throw new Forbidden('imports.undo')
    if (record.subject !== 'customers') throw new Refused([{ rule: 'CRD-16', reason: 'ledgerImports:refused.undo' }])
    const state = importStates.next(record.state, 'undo')
    if (madeNothing(record)) throw new Refused([{ rule: 'CUS-15', reason: 'imports:refused.nothingToUndo' }])
    // Taking it back ends it for good, and begins with a clean slate of failures.
    const ended = { finishedAt: record.finishedAt ?? now(), failures: 0, failure: null }
    await tx.customerImport.update({ where: { id: record.id }, data: { state, ...ended } })
    await audit('import.undo_started', `import:${record.id}`, {
      before: { state: record.state },
      after: { state, by: actor.name },
    })
    await askToRun(tx, number)
  })
}

export const madeNothing = ({ imported, warned }: Pick<LockedImport, 'imported' | 'warned'>) => imported + warned === 0
