import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/policy.ts'
import { change } from '../../audit/change.ts'
import { Forbidden, Refused } from '../../lib/refused.ts'
import { lockImport, type LockedImport } from '../queries.ts'
import { importStates } from '../states.ts'

/** CUS-15: takes a whole import back; the customers go in the background, those somebody worked on stay. */
export function undoImport(actor: Actor, number: string): Promise<void> {
  return change(actor, async (tx, audit) => {
    const record = await lockImport(tx, number)
    if (!may(actor, 'imports.undo', record)) throw new Forbidden('imports.undo')
    const state = importStates.next(record.state, 'undo')
    if (madeNothing(record)) throw new Refused([{ rule: 'CUS-15', reason: 'imports:refused.nothingToUndo' }])
    await tx.customerImport.update({ where: { id: record.id }, data: { state } })
    await audit('import.undo_started', `import:${record.id}`, {
      before: { state: record.state },
      after: { state, by: actor.name },
    })
  })
}

export const madeNothing = ({ imported, warned }: Pick<LockedImport, 'imported' | 'warned'>) => imported + warned === 0
