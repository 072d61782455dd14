import { system, type Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import { db, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { failureOf } from '../lib/failure.ts'
import { notify } from '../notices/commands.ts'
import { lockImport, type LockedImport } from './queries.ts'
import { importStates, mostFailures } from './states.ts'

/** The import ended meanwhile: thrown so that the empty transaction leaves no trace. */
class Over extends Error {}

/** Imports under way, for whose jobs housekeeping looks: those of a release that had no queue, or lost with it. */
export async function importsUnderWay(): Promise<string[]> {
  const found = await db.customerImport.findMany({
    where: { state: { in: ['waiting', 'running', 'undoing'] } },
    orderBy: { id: 'asc' },
    select: { number: true },
  })
  return found.map(({ number }) => number)
}

/** What there is to do for an import, and the person it is done for; null when there is nothing. */
export async function openImport(number: string): Promise<{ undoing: boolean; actor: Actor } | null> {
  const found = await db.customerImport.findFirst({
    where: { number, state: { in: ['waiting', 'running', 'undoing'] } },
    select: { id: true, state: true, owner: { select: { id: true, number: true, name: true } } },
  })
  if (!found) return null
  const undoing = found.state === 'undoing'
  return { undoing, actor: { ...system, ...(undoing ? await whoUndoes(found.id) : found.owner) } }
}

/** Whoever takes an import back need not be who brought it. */
async function whoUndoes(id: bigint): Promise<Pick<Actor, 'id' | 'name'>> {
  const begun = await db.auditEntry.findFirst({
    where: { subject: `import:${id}`, action: 'import.undo_started' },
    orderBy: { id: 'desc' },
    select: { actorId: true, actorName: true },
  })
  return begun?.actorId ? { id: begun.actorId, name: begun.actorName } : system
}

/** Work on one import while it is in such a state, in one transaction; false when it is not. */
export async function inBatch(
  owner: Actor,
  number: string,
  states: LockedImport['state'][],
  work: (tx: Tx, audit: Audit, record: LockedImport) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await change(owner, async (tx, audit) => {
      const record = await lockImport(tx, number)
      if (!states.includes(record.state)) throw new Over()
      return work(tx, audit, record)
    })
  } catch (error) {
    if (error instanceof Over) return false
    throw error
  }
}

/**
 * G-06: a batch that failed is tried again, but not for ever: after some failures in a row the import, or its undoing,
 * stops. Answers whether it did.
 */
export async function recordFailure(owner: Actor, number: string, error: unknown): Promise<boolean> {
  let stops = false
  await inBatch(owner, number, ['waiting', 'running', 'undoing'], async (tx, audit, record) => {
    const { id, state, failures } = record
    const [count, failure] = [failures + 1, failureOf(error)]
    stops = count >= mostFailures
    await tx.customerImport.update({
      where: { id },
      data: { failures: count, failure, ...(stops ? { state: importStates.next(state, 'fail') } : {}) },
    })
    const undone = state === 'undoing'
    const stopped = undone ? 'import.undo_failed' : 'import.failed'
    const stumbled = undone ? 'import.undo_batch_failed' : 'import.batch_failed'
    await audit(stops ? stopped : stumbled, `import:${id}`, { after: { failures: count, failure } })
    if (stops) await notify(tx, [{ ...noticeOf(record), to: owner.id, kind: 'import.stopped' }], now())
    return false
  })
  return stops
}

export const noticeOf = ({ id, number }: LockedImport) => ({
  subject: `import:${id}`,
  href: `/imports/${number}`,
  params: { number },
})
