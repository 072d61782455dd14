import type { ImportOutcome } from '../../prisma/client/enums.ts'
import { system, type Actor } from '../access/actor.ts'
import { change, type Audit } from '../audit/change.ts'
import { takeNumbers } from '../customers/numbers.ts'
import { customerNumber } from '../customers/rules.ts'
import { db, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { yearOf } from '../lib/dates.ts'
import { judgeAll, type Judged, type WaitingRow } from './judge.ts'
import { lockImport, type LockedImport } from './queries.ts'
import { storedReading } from './reading.ts'
import { importStates, mostFailures } from './states.ts'
import { storeRows } from './store.ts'

export const rowsInBatch = 500

/** Another process has this import, or it ended meanwhile: thrown so that the empty transaction leaves no trace. */
class NotOurs extends Error {}

/** Imports with something to do, oldest first, each with the person it is done for. */
export async function openImports(): Promise<{ number: string; undoing: boolean; actor: Actor }[]> {
  const found = await db.customerImport.findMany({
    where: { state: { in: ['waiting', 'running', 'undoing'] } },
    orderBy: { id: 'asc' },
    select: { id: true, number: true, state: true, owner: { select: { id: true, number: true, name: true } } },
  })
  return Promise.all(
    found.map(async ({ id, number, state, owner }) => {
      const undoing = state === 'undoing'
      return { number, undoing, actor: { ...system, ...(undoing ? await whoUndoes(id) : owner) } }
    }),
  )
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

/** Work on one import that this process can have now, in one transaction; false when there is none. */
export async function inBatch(
  owner: Actor,
  number: string,
  states: LockedImport['state'][],
  work: (tx: Tx, audit: Audit, record: LockedImport) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await change(owner, async (tx, audit) => {
      const [free] = await tx.$queryRaw<{ state: LockedImport['state'] }[]>`
        select state::text from customer_import where number = ${number} for update skip locked`
      if (!free || !states.includes(free.state)) throw new NotOurs()
      return work(tx, audit, await lockImport(tx, number))
    })
  } catch (error) {
    if (error instanceof NotOurs) return false
    throw error
  }
}

/**
 * The next rows of one import: customers, outcomes, counts and trail stand together or not at all, so a process that
 * dies leaves no half row. False when the import is another process's, or at its end.
 */
export function nextBatch(owner: Actor, number: string): Promise<boolean> {
  return inBatch(owner, number, ['waiting', 'running'], async (tx, audit, record) => {
    const waiting = await tx.customerImportRow.findMany({
      where: { importId: record.id, outcome: null },
      orderBy: { line: 'asc' },
      take: rowsInBatch,
      select: { line: true, cells: true },
    })
    if (waiting.length === 0) return finish(tx, audit, record)
    await importRows(tx, audit, owner, record, waiting)
    return true
  })
}

/** G-06: a batch that failed is tried again, but not for ever: after some failures in a row the import stops. */
export async function recordFailure(owner: Actor, number: string, error: unknown): Promise<void> {
  await inBatch(owner, number, ['waiting', 'running'], async (tx, audit, { id, state, failures }) => {
    const [count, failure] = [failures + 1, failureOf(error)]
    const stops = count >= mostFailures
    await tx.customerImport.update({
      where: { id },
      data: { failures: count, failure, ...(stops ? { state: importStates.next(state, 'fail') } : {}) },
    })
    await audit(stops ? 'import.failed' : 'import.batch_failed', `import:${id}`, {
      after: { failures: count, failure },
    })
    return false
  })
}

async function finish(tx: Tx, audit: Audit, { id, state }: LockedImport): Promise<false> {
  const { total, imported, warned, duplicates, rejected } = await tx.customerImport.update({
    where: { id },
    data: { state: importStates.next(state, 'finish'), finishedAt: now() },
  })
  await audit('import.finished', `import:${id}`, { after: { total, imported, warned, duplicates, rejected } })
  return false
}

async function importRows(tx: Tx, audit: Audit, owner: Actor, record: LockedImport, waiting: WaitingRow[]) {
  const year = yearOf(now())
  // Asking for no number yet holds the counter: whoever else records customers waits, so that none is made twice.
  const first = await takeNumbers(tx, year, 0)
  let serial = first
  const rows = await judgeAll(tx, waiting, storedReading(record.mapping), () => customerNumber(year, serial++))
  await takeNumbers(tx, year, serial - first)
  await storeRows(tx, owner, record, rows, now())
  const counts = countsOf(rows)
  await tx.customerImport.update({
    where: { id: record.id },
    data: { state: importStates.next(record.state, 'run'), failures: 0, failure: null, ...incremented(counts) },
  })
  const lines = { from: rows[0]!.line, to: rows.at(-1)!.line }
  await audit('import.batch_done', `import:${record.id}`, { after: { ...lines, ...counts } })
}

function countsOf(rows: Judged[]) {
  const count = (outcome: ImportOutcome) => rows.filter((row) => row.outcome === outcome).length
  return {
    imported: count('imported'),
    warned: count('warned'),
    duplicates: count('duplicate'),
    rejected: count('rejected'),
  }
}

function incremented({ imported, warned, duplicates, rejected }: ReturnType<typeof countsOf>) {
  return {
    imported: { increment: imported },
    warned: { increment: warned },
    duplicates: { increment: duplicates },
    rejected: { increment: rejected },
  }
}

/** What kind of error it was; its text may hold data of customers and stays in the log. */
function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error'
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}
